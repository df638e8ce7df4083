package io.platform.process.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.Release;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.RolloutNotice;
import io.platform.domain.port.ReleaseCommandProgress;
import io.platform.domain.port.RunSpec;
import io.platform.process.OneMachine;
import io.platform.process.sandbox.ProcessSettings.Isolation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ReleaseCommandOutputIT {
  @TempDir Path data;

  @Test
  void aCommandEndsAlsoWhereALineOfItsOutputCannotBeTaken() throws Exception {
    List<String> lines = new ArrayList<>();
    try (OneMachine machine =
        new OneMachine(data, OneMachine.settings(data, Isolation.WHERE_POSSIBLE, ""))) {
      RunSpec spec =
          machine.release(
              "shop",
              Map.of("release", "echo one; echo two; exit 3"),
              Map.of(),
              Release.Status.PENDING);
      Optional<ReleaseFailureCause> end =
          machine
              .processes
              .releaseCommands()
              .run(
                  spec,
                  ReleaseCommandKind.RELEASE,
                  false,
                  Duration.ofMinutes(10),
                  new ReleaseCommandProgress() {
                    @Override
                    public void started() {}

                    @Override
                    public void event(String key, RolloutNotice notice) {}

                    @Override
                    public void output(String line) {
                      lines.add(line);
                      if (line.equals("one")) {
                        throw new IllegalStateException("the log cannot be written");
                      }
                    }
                  });
      assertThat(end)
          .containsInstanceOf(ReleaseFailureCause.ReleaseCommandFailed.class)
          .hasValueSatisfying(it ->
              assertThat(((ReleaseFailureCause.ReleaseCommandFailed) it).code()).isEqualTo(3));
    }
    assertThat(lines).containsExactly("one", "two");
  }
}
