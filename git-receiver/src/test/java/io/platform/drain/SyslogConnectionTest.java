package io.platform.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a real receiver cannot be made to do for as long as the machine is busy. */
class SyslogConnectionTest {
  /** Of one from which there is always something to read. */
  private static final class EndlessSocket extends Socket {
    @Override
    public void setSoTimeout(int timeout) {
      // Nothing is ever awaited.
    }

    @Override
    public InputStream getInputStream() {
      return new InputStream() {
        @Override
        public int read() {
          return 0;
        }
      };
    }
  }

  @Test
  @Timeout(20)
  void theEndIsLookedForBehindABoundedAmountOnly() throws Exception {
    try (Socket receiver = new EndlessSocket()) {
      assertThat(SyslogConnection.hasEnded(receiver)).isFalse();
    }
  }
}
