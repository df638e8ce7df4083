package io.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platform.support.Client;
import io.platform.support.TestPlatform;
import io.platform.testing.contract.ContractRecord;
import io.platform.testing.contract.OpenApiContract;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTest {
  /** A WebSocket begins as a GET. */
  private static String method(String registered) {
    return registered.equals("WEBSOCKET_BEFORE_UPGRADE") ? "GET" : registered;
  }

  @TempDir Path data;

  @Test
  void describesEachRouteAndNoOther() throws Exception {
    try (TestPlatform platform = new TestPlatform(data)) {
      Set<String> registered =
          platform.router.allHttpHandlers().stream()
              .map(handler ->
                  method(handler.endpoint.method.toString())
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

  /** Without this no other test of the API could be trusted to hold it against the document. */
  @Test
  void aStatusOrMemberThatItDoesNotDescribeIsFound() throws Exception {
    try (TestPlatform platform = new TestPlatform(data)) {
      JsonNode less = document(platform);
      ObjectNode me = (ObjectNode) less.at("/components/schemas/Me");
      me.remove("required");
      ((ObjectNode) me.path("properties")).remove("server");
      JsonNode app = less.path("paths").path("/api/v1/apps/{namespace}/{app}");
      ((ObjectNode) app.at("/get/responses")).remove("404");
      ContractRecord record = new ContractRecord(OpenApiContract.of(less));
      Client client = new Client(platform, "dev", record);
      client.get("/api/v1/me");
      client.get("/api/v1/apps/acme/none");
      client.get("/api/v1/apps");
      assertThat(record.mismatches())
          .satisfiesExactlyInAnyOrder(
              found -> assertThat(found).startsWith("GET /api/v1/me").contains("'server'"),
              found ->
                  assertThat(found)
                      .isEqualTo(
                          "GET /api/v1/apps/acme/none, answered with 404: answer: openapi.json has no such status"));
    }
  }

  private static JsonNode document(TestPlatform platform) throws Exception {
    return new Client(platform, "").get("/api/v1/openapi.json").json();
  }
}
