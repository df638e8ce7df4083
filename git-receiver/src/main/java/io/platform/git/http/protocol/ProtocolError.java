package io.platform.git.http.protocol;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jgit.transport.PacketLineOut;

/**
 * Sends errors within git's protocol. After an HTTP error git would not show the body, and would
 * say that everything is up to date.
 */
public final class ProtocolError {
  private static final String FATAL_BAND = "\3";
  private static final String ERR = "ERR ";

  private ProtocolError() {}

  /**
   * Sends an error as the whole answer, or as the end of one.
   *
   * @param sideBand whether the client reads bands (gitprotocol-common(5)), or the packet itself
   */
  public static void send(HttpServletResponse response, boolean sideBand, String sentence)
      throws IOException {
    String packet = sideBand ? FATAL_BAND + sentence : ERR + sentence + "\n";
    PacketLineOut out = new PacketLineOut(response.getOutputStream());
    out.setFlushOnEnd(false);
    out.writeString(packet);
    if (sideBand) {
      out.end();
    }
  }
}
