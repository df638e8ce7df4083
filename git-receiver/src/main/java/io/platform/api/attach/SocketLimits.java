package io.platform.api.attach;

import java.time.Duration;

/**
 * Bounds of a connection to a process.
 *
 * @param messageBytes of a message from the client
 * @param chunkBytes of output in one message
 * @param ping how often the server shows that it is there
 * @param silence how long the client may send nothing while the server waits for it
 * @param quiet how long output that nobody ends is awaited after the end of the process
 */
public record SocketLimits(
    int messageBytes, int chunkBytes, Duration ping, Duration silence, Duration quiet) {
  /** 64 KiB, chunks of 16 KiB, 20 seconds, a minute, a second. */
  public static SocketLimits defaults() {
    return new SocketLimits(
        64 << 10, 16 << 10, Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofSeconds(1));
  }
}
