package io.platform.git.push;

import io.platform.buildlog.BuildLogAppender;
import io.platform.buildlog.BuildLogAppender.Source;
import io.platform.buildlog.FollowerClient;
import io.platform.buildlog.LogFollower;
import io.platform.buildlog.LogLines;
import io.platform.domain.BuildId;
import io.platform.domain.port.BuildLogs;
import io.platform.domain.port.LogSink;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows one build's log to the pusher: the receiver's messages go into the log first, and from
 * there to the client.
 */
final class BuildConsole implements LogLines {
  private static final Logger LOG = LoggerFactory.getLogger(BuildConsole.class);
  private static final int PIECE = 32 * 1024;

  private final BuildId build;
  private final LogLines log;
  private final LogFollower follower;
  private final PushClient pusher;
  private final PushDeadline deadline;
  private long offset;
  private boolean left;

  BuildConsole(BuildId build, BuildLogs logs, LogFollower follower, Push push) {
    this.build = build;
    this.log = new BuildLogAppender(logs, build, Source.RECEIVER);
    this.follower = follower;
    this.pusher = push.pusher();
    this.deadline = push.deadline();
  }

  @Override
  public void write(String key, List<String> lines) {
    log.write(key, lines);
    if (!left) {
      try {
        follower.copy(build, offset, new ToPusher());
      } catch (IOException e) {
        LOG.debug("the pusher of build {} has left", build, e);
        left = true;
      }
    }
  }

  /**
   * Sends the log to its end, as it is written.
   *
   * @throws PushTooLong where the push has to be over before
   */
  void follow() throws IOException, InterruptedException {
    follower.follow(FollowerClient.PUSH, build, offset, new DeadlineFollower());
  }

  /** Ends at the deadline. */
  private final class DeadlineFollower extends ToPusher {
    @Override
    public void text(byte[] text, long next) throws IOException {
      super.text(text, next);
      deadline.check();
    }

    @Override
    public void idle() throws IOException {
      super.idle();
      deadline.check();
    }
  }

  private class ToPusher implements LogSink {
    @Override
    public void text(byte[] text, long next) throws IOException {
      for (int from = 0; from < text.length; from += PIECE) {
        pusher.send(Arrays.copyOfRange(text, from, Math.min(text.length, from + PIECE)));
      }
      offset = next;
    }

    @Override
    public void idle() throws IOException {
      pusher.check();
    }
  }
}
