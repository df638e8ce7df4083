package io.platform.process.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineTailTest {
  @Test
  void keepsTheLastLinesOnly() {
    LineTail lines = new LineTail(3);
    for (int i = 0; i < 10; i++) {
      lines.add("line " + i);
    }
    assertThat(lines.get()).containsExactly("line 7", "line 8", "line 9");
  }
}
