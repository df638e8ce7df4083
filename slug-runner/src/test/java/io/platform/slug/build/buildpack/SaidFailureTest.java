package io.platform.slug.build.buildpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SaidFailureTest {
  private final List<String> log = new ArrayList<>();
  private final SaidFailure said = new SaidFailure(log::add);

  @Test
  void keepsTheLastLinesThatSayWhyForTheReport() {
    said.accept("Installing");
    said.accept(" !     It failed.");
    said.accept(" !     Fix it.");

    assertThat(said.sentence()).hasValue("It failed.\nFix it.");
    assertThat(log).containsExactly("Installing");
  }

  @Test
  void aBuildpackThatSaysItWithoutEndFillsNoMemory() {
    IntStream.range(0, 1000).forEach(i -> said.accept(" !     line " + i));

    assertThat(log).hasSize(900).contains(" !     line 0", " !     line 899");
    assertThat(said.sentence().orElseThrow().lines()).hasSize(100).startsWith("line 900");
  }
}
