package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapAtRestTest {
  private static final long MB = 1L << 20;

  private long used = 60 * MB;
  private int collections;
  private final HeapAtRest heap =
      new HeapAtRest(
          () -> used,
          () -> {
            collections++;
            used = 30 * MB;
          });

  @Test
  void collectsOnceItIsQuiet() {
    heap.look();
    assertThat(collections).isZero();
    heap.look();
    assertThat(collections).isOne();
  }

  @Test
  void leavesABusyHeapToItsCollector() {
    for (int i = 0; i < 10; i++) {
      heap.look();
      used += 5 * MB;
    }
    assertThat(collections).isZero();
  }

  @Test
  void collectsAgainOnlyWhenItIsWorthIt() {
    heap.look();
    heap.look();
    used += 10 * MB;
    heap.look();
    heap.look();
    assertThat(collections).isOne();
    used += 10 * MB;
    heap.look();
    heap.look();
    assertThat(collections).isEqualTo(2);
  }
}
