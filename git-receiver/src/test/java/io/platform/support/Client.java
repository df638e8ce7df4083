package io.platform.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.platform.testing.contract.ContractRecord;
import io.platform.testing.contract.RecordedExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/**
 * Speaks HTTP as one user, builder or runner. What it hears is held against openapi.json; the
 * platform's end fails the test where it differs.
 */
public final class Client {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ContractRecord contract;
  private final HttpClient http;
  private final URI base;
  private final String token;

  /** A client with a token; an empty one sends none. */
  public Client(TestPlatform platform, String token) {
    this(platform, token, platform.contract);
  }

  /** A client whose answers are held against another contract. */
  public Client(TestPlatform platform, String token, ContractRecord contract) {
    this.contract = contract;
    this.http = platform.http;
    this.base = platform.base;
    this.token = token;
  }

  /** An answer whose body was read. */
  public record Answer(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String text() {
      return response.body();
    }

    public JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + response.body(), e);
      }
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  public Answer get(String path) throws Exception {
    return send(request(path).GET());
  }

  public Answer delete(String path) throws Exception {
    return send(request(path).DELETE());
  }

  public Answer post(String path, String body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(body)), body);
  }

  public Answer patch(String path, String body) throws Exception {
    return send(request(path).method("PATCH", BodyPublishers.ofString(body)), body);
  }

  public Answer put(String path, String body) throws Exception {
    return send(request(path).PUT(BodyPublishers.ofString(body)), body);
  }

  /** A request with the token. */
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /** Sends a request without a body, or one whose body is held against nothing. */
  public Answer send(HttpRequest.Builder request) throws Exception {
    return send(request, "");
  }

  private Answer send(HttpRequest.Builder built, String body) throws Exception {
    HttpRequest request = built.build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    contract.check(
        new RecordedExchange(
            request.method(),
            request.uri().getPath(),
            Optional.ofNullable(request.uri().getRawQuery()).orElse(""),
            new RecordedExchange.Body(request.headers().firstValue("Content-Type"), body),
            response.statusCode(),
            new RecordedExchange.Body(
                response.headers().firstValue("Content-Type"), response.body())));
    return new Answer(response);
  }
}
