package io.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.support.Client;
import io.platform.support.TestPlatform;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTest {
  @TempDir Path data;

  @Test
  void describesEachRouteAndNoOther() throws Exception {
    try (TestPlatform platform = new TestPlatform(data)) {
      Set<String> registered =
          platform.server.unsafe.internalRouter.allHttpHandlers().stream()
              .map(handler ->
                  handler.endpoint.method
                      + " "
                      + handler.endpoint.path.replace('<', '{').replace('>', '}'))
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> described = new TreeSet<>();
      document(platform)
          .path("paths")
          .properties()
          .forEach(path ->
              path.getValue()
                  .fieldNames()
                  .forEachRemaining(method ->
                      described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
      assertThat(described).isEqualTo(registered);
    }
  }

  @Test
  void refersOnlyToWhatItDefines() throws Exception {
    try (TestPlatform platform = new TestPlatform(data)) {
      JsonNode document = document(platform);
      for (JsonNode reference : document.findValues("$ref")) {
        assertThat(document.at(reference.asText().substring(1)).isMissingNode())
            .as(reference.asText())
            .isFalse();
      }
      assertThat(document.findValuesAsText("operationId")).doesNotHaveDuplicates();
    }
  }

  private static JsonNode document(TestPlatform platform) throws Exception {
    return new Client(platform, "").get("/api/v1/openapi.json").json();
  }
}
