package io.platform.failure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.FailureCause;
import io.platform.domain.FailureExamples;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FailureMessagesTest {
  @Test
  void saysOfBuildsWhatTheGoldenFileSays() throws Exception {
    assertThat(said(FailureExamples.ofBuilds())).isEqualTo(golden("build-failures.golden"));
  }

  @Test
  void saysOfReleasesWhatTheGoldenFileSays() throws Exception {
    assertThat(said(FailureExamples.ofReleases())).isEqualTo(golden("release-failures.golden"));
  }

  @Test
  void saysOfDeploysWhatTheGoldenFileSays() throws Exception {
    assertThat(said(FailureExamples.ofDeploys())).isEqualTo(golden("deploy-failures.golden"));
  }

  private static String said(Map<String, ? extends FailureCause> causes) {
    return causes.entrySet().stream()
        .map(example ->
            "# %s\n%s\n".formatted(example.getKey(), FailureMessages.of(example.getValue())))
        .collect(Collectors.joining("\n"));
  }

  private static String golden(String name) throws Exception {
    try (InputStream file =
        Objects.requireNonNull(FailureMessagesTest.class.getResourceAsStream(name))) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }
}
