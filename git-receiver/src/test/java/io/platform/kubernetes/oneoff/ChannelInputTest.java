package io.platform.kubernetes.oneoff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChannelInputTest {
  @Test
  void keepsSmallMessagesTogether() throws Exception {
    AtomicInteger consumed = new AtomicInteger();
    try (ChannelInput input = new ChannelInput(consumed::addAndGet)) {
      for (int i = 0; i < 20_000; i++) {
        input.add(ByteBuffer.wrap(new byte[] {(byte) (i % 251)}));
      }
      byte[] read = new byte[30_000];
      assertThat(input.read(read, 0, 4000)).isEqualTo(4000);
      input.add(ByteBuffer.wrap("x".repeat(9000).getBytes(UTF_8)));
      int all = 4000;
      int times = 1;
      while (all < 29_000) {
        all += input.read(read, all, read.length - all);
        times++;
      }
      assertThat(times).isLessThan(8);
      for (int i = 0; i < 20_000; i++) {
        assertThat(read[i]).isEqualTo((byte) (i % 251));
      }
      assertThat(read[20_000]).isEqualTo((byte) 'x');
      assertThat(read[28_999]).isEqualTo((byte) 'x');
      assertThat(consumed.get()).isEqualTo(29_000);
    }
  }
}
