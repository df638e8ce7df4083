package io.platform.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnusedMemoryTest {
  private static byte[] pushed = new byte[0];

  @Test
  void collectsWhatAPushHasLeftAndThenNothing() {
    try (UnusedMemory memory = UnusedMemory.start()) {
      System.gc();
      assertThat(memory.look()).isFalse();
      pushed = new byte[128 << 20];
      assertThat(pushed).hasSize(128 << 20);
      pushed = new byte[0];
      assertThat(memory.look()).isTrue();
      assertThat(memory.look()).isFalse();
    }
  }
}
