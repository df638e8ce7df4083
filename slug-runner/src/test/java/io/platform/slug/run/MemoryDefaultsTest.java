package io.platform.slug.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryDefaultsTest {
  @Test
  void followTheMemory() {
    assertThat(MemoryDefaults.of("536870912", Map.of()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "MEMORY_AVAILABLE", "512",
                "WEB_MEMORY", "512",
                "WEB_CONCURRENCY", "1",
                "NODE_OPTIONS", "--max-old-space-size=384",
                "JAVA_TOOL_OPTIONS", "-Xmx302m -Xss512k"));
    assertThat(MemoryDefaults.of("2684354560", Map.of()))
        .containsEntry("WEB_CONCURRENCY", "5")
        .containsEntry("NODE_OPTIONS", "--max-old-space-size=384")
        .containsEntry("JAVA_TOOL_OPTIONS", "-Xmx2048m -Xss512k");
    assertThat(MemoryDefaults.of("16777216", Map.of()))
        .containsEntry("WEB_CONCURRENCY", "1")
        .containsEntry("NODE_OPTIONS", "--max-old-space-size=12");
    assertThat(MemoryDefaults.of(Long.toString(1L << 40), Map.of()))
        .containsEntry("WEB_CONCURRENCY", "32");
  }

  @Test
  void yieldToConfigVarsAndFollowThem() {
    assertThat(
            MemoryDefaults.of(
                "1073741824",
                Map.of("WEB_MEMORY", "256", "JAVA_TOOL_OPTIONS", "-Xmx100m", "PORT", "1")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "MEMORY_AVAILABLE", "1024",
                "WEB_CONCURRENCY", "4",
                "NODE_OPTIONS", "--max-old-space-size=192"));
    assertThat(MemoryDefaults.of("1073741824", Map.of("WEB_CONCURRENCY", "4")))
        .containsEntry("NODE_OPTIONS", "--max-old-space-size=192")
        .doesNotContainKey("WEB_CONCURRENCY");
    assertThat(MemoryDefaults.of("1073741824", Map.of("WEB_MEMORY", "zero")))
        .containsEntry("WEB_CONCURRENCY", "2");
  }

  @Test
  void areNoneWithoutALimit() {
    assertThat(MemoryDefaults.of("", Map.of())).isEmpty();
    assertThat(MemoryDefaults.of("max", Map.of())).isEmpty();
    assertThat(MemoryDefaults.of("0", Map.of())).isEmpty();
  }
}
