package io.platform.git.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.buildlog.LogLines;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends lines directly to the pusher; they are dropped once the client has disconnected. */
public final class PusherLines implements LogLines {
  private static final Logger LOG = LoggerFactory.getLogger(PusherLines.class);

  private final PushClient pusher;

  /** Sends to this client. */
  public PusherLines(PushClient pusher) {
    this.pusher = pusher;
  }

  @Override
  public void write(String key, List<String> lines) {
    try {
      pusher.send((String.join("\n", lines) + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      LOG.debug("the pusher has left", e);
    }
  }
}
