package io.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FormationTest {
  @Test
  void oneWebProcessRunsUnlessSomebodySaysOtherwise() {
    assertThat(Formation.UNSCALED.quantity("web")).isEqualTo(1);
    assertThat(Formation.UNSCALED.quantity("worker")).isZero();
    Formation scaled =
        Formation.UNSCALED
            .with("web", new Scale(0, ProcessSize.STANDARD))
            .with("worker", new Scale(2, new ProcessSize(Optional.of(1L << 30), Optional.empty())));
    assertThat(scaled.quantity("web")).isZero();
    assertThat(scaled.quantity("worker")).isEqualTo(2);
    assertThat(scaled.size("worker").memory()).contains(1L << 30);
    assertThat(scaled.size("web")).isEqualTo(ProcessSize.STANDARD);
  }

  @Test
  void refusesWhatCannotRun() {
    assertThatThrownBy(() -> new Scale(-1, ProcessSize.STANDARD))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ProcessSize(Optional.of(0L), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
