package io.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The dashboard and the alert rules ask for metrics that there are, and each alert is explained.
 */
final class MonitoringFilesTest {
  private static final Path MONITORING = Path.of("../k8s/monitoring");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:platform|jvm|process|hikaricp)_[a-z_]+");

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/metrics.md"));
  }

  private static Set<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void assertDocumented(String text) throws IOException {
    Set<String> documented = all(METRIC, page());
    Set<String> asked = all(METRIC, text);
    assertThat(asked).isNotEmpty();
    assertThat(asked)
        .allMatch(name ->
            documented.contains(name)
                || documented.contains(name.replaceFirst("_(bucket|count|sum)$", "")));
  }

  @Test
  void theDashboardAsksForDocumentedMetrics() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(MONITORING.resolve("dashboard.json").toFile());
    assertThat(dashboard.path("panels")).isNotEmpty();
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        assertDocumented(target.path("expr").asText());
      }
    }
  }

  @Test
  void eachAlertAsksForDocumentedMetricsAndIsExplained() throws IOException {
    String rules = Files.readString(MONITORING.resolve("alerts.yaml"));
    assertDocumented(rules);
    Set<String> alerts = all(Pattern.compile("(?<=- alert: )\\w+"), rules);
    Set<String> explained =
        all(Pattern.compile("(?<=^\\| )Platform\\w+", Pattern.MULTILINE), page());
    assertThat(alerts).isNotEmpty().isEqualTo(explained);
  }
}
