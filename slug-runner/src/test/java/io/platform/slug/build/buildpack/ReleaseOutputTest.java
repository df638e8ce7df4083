package io.platform.slug.build.buildpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReleaseOutputTest {
  @Test
  void readsDefaultProcessTypes() {
    List<String> yaml =
        List.of(
            "---",
            "config_vars:",
            "  web: not this",
            "default_process_types:",
            "  web: bundle exec rails server -p ${PORT:-5000}",
            "  \"console\": \"irb -r \\\"x\\\"\"",
            "addons: []");
    assertThat(ReleaseOutput.processTypes(yaml).commands())
        .containsExactly(
            Map.entry("web", "bundle exec rails server -p ${PORT:-5000}"),
            Map.entry("console", "irb -r \"x\""));
  }
}
