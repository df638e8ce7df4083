package io.platform.git.http.receive;

import io.platform.commons.http.MinimumSendRate;
import io.platform.commons.shutdown.LongRequests;
import io.platform.git.push.PushDeadline;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Ends an upload at the push's deadline, when the server stops, or when it is slower than the
 * minimum rate. What the server takes itself does not count.
 */
final class PacedInput extends FilterInputStream {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final PushDeadline deadline;
  private final LongRequests requests;

  /**
   * Reads under these limits.
   *
   * @param bytesPerSecond averaged over a minute
   */
  PacedInput(InputStream in, PushDeadline deadline, LongRequests requests, int bytesPerSecond) {
    super(new MinimumSendRate(in, bytesPerSecond, WINDOW));
    this.deadline = deadline;
    this.requests = requests;
  }

  @Override
  public int read() throws IOException {
    check();
    return in.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    check();
    return in.read(bytes, offset, length);
  }

  private void check() throws IOException {
    deadline.check();
    requests.check();
  }
}
