package io.platform.failure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.FailureExamples;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FailureMessagesTest {
  @Test
  void saysOfBuildsWhatTheGoldenFileSays() throws Exception {
    String said =
        FailureExamples.ofBuilds().entrySet().stream()
            .map(example ->
                "# %s\n%s\n".formatted(example.getKey(), FailureMessages.of(example.getValue())))
            .collect(Collectors.joining("\n"));
    assertThat(said).isEqualTo(golden("build-failures.golden"));
  }

  private static String golden(String name) throws Exception {
    try (InputStream file =
        Objects.requireNonNull(FailureMessagesTest.class.getResourceAsStream(name))) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }
}
