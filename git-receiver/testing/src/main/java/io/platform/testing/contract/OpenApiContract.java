package io.platform.testing.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The API's OpenAPI document, and what differs from it. Threads may share it.
 *
 * <p>Requests that are refused need not be valid; their answers must be. Paths outside of the API
 * are not looked at.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.0">OpenAPI 3.1</a>
 */
public final class OpenApiContract {
  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");
  private static final Pattern API = Pattern.compile("/(api|objects)/.*");

  /**
   * What every route may answer, beside 5xx, and {@code default} stands for: to requests that are
   * slow, too long, sent to a foreign host name or too many.
   */
  private static final Set<Integer> ANYWHERE = Set.of(408, 414, 421, 429, 431);

  private final JsonNode document;
  private final BodySchemas schemas;

  private OpenApiContract(JsonNode document) {
    this.document = document;
    this.schemas = new BodySchemas(document.path("components"));
  }

  /** The contract as the platform publishes it. */
  public static OpenApiContract load() {
    try (InputStream in = OpenApiContract.class.getResourceAsStream("openapi.json")) {
      return new OpenApiContract(
          new ObjectMapper().readTree(Objects.requireNonNull(in, "openapi.json")));
    } catch (IOException e) {
      throw new UncheckedIOException("openapi.json cannot be read", e);
    }
  }

  /** Another contract than the published one. */
  public static OpenApiContract of(JsonNode document) {
    return new OpenApiContract(document);
  }

  /** What of the exchange is not as the document says, each with its place; empty where all is. */
  public List<String> mismatches(RecordedExchange exchange) {
    Optional<JsonNode> path = path(exchange.path());
    if (path.isEmpty()) {
      boolean outside = !API.matcher(exchange.path()).matches() || exchange.status() == 404;
      return outside ? List.of() : List.of(exchange + ": openapi.json has no such path");
    }
    JsonNode operation = path.get().path(exchange.method().toLowerCase(Locale.ROOT));
    if (operation.isMissingNode()) {
      boolean refused = exchange.status() == 404 || exchange.status() == 405;
      return refused
          ? List.of()
          : List.of(exchange + ": openapi.json has no such method at this path");
    }
    List<String> found = new ArrayList<>();
    if (exchange.status() < 400) {
      QuerySchemas.mismatches(operation.path("parameters"), exchange.query(), schemas)
          .forEach(what -> found.add(exchange + ": request: " + what));
      request(operation.path("requestBody"), exchange)
          .forEach(what -> found.add(exchange + ": request: " + what));
    }
    answer(operation.path("responses"), exchange)
        .forEach(what -> found.add(exchange + ": answer: " + what));
    return found;
  }

  private Optional<JsonNode> path(String path) {
    JsonNode exact = document.path("paths").path(path);
    if (!exact.isMissingNode()) {
      return Optional.of(exact);
    }
    return document.path("paths").properties().stream()
        .filter(entry -> matches(entry.getKey(), path))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The key of an object in the store is a path of its own. */
  private static boolean matches(String template, String path) {
    String one = template.equals("/objects/{key}") ? ".+" : "[^/]+";
    return path.matches(PARAMETER.matcher(template).replaceAll(one));
  }

  private List<String> request(JsonNode described, RecordedExchange exchange) {
    if (described.isMissingNode()) {
      return exchange.request().text().isEmpty()
          ? List.of()
          : List.of("openapi.json has no body here");
    }
    if (exchange.request().text().isEmpty()) {
      return described.path("required").asBoolean() ? List.of("there is no body") : List.of();
    }
    JsonNode content = described.path("content");
    // What the data is may be told from the data where there is no type: RFC 9110, section 8.3.
    Optional<String> type =
        exchange.request().type().or(() -> Optional.of(content.fieldNames().next()));
    return schemas.mismatches(content, new RecordedExchange.Body(type, exchange.request().text()));
  }

  private static boolean isAnywhere(int status) {
    return status >= 500 || ANYWHERE.contains(status);
  }

  private List<String> answer(JsonNode responses, RecordedExchange exchange) {
    JsonNode response = responses.path(String.valueOf(exchange.status()));
    if (response.isMissingNode() && isAnywhere(exchange.status())) {
      response = responses.path("default");
    }
    if (response.isMissingNode()) {
      return List.of("openapi.json has no such status");
    }
    JsonNode content = response.path("content");
    if (exchange.method().equals("HEAD")) {
      return List.of();
    }
    if (content.isEmpty()) {
      return exchange.answer().text().isEmpty()
          ? List.of()
          : List.of("openapi.json has no body here");
    }
    return schemas.mismatches(content, exchange.answer());
  }
}
