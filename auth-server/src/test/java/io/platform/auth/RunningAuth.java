package io.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.platform.auth.account.AccountRefused;
import io.platform.auth.account.PasswordConfig;
import io.platform.commons.settings.ListenAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;

/**
 * An auth server on a port of this machine, with a client to it; its first account is {@link
 * #ADMIN}.
 */
final class RunningAuth implements AutoCloseable {

  static final String ADMIN = "admin@localhost";
  static final String PASSWORD = "correct horse battery";
  static final String SECRET = "0123456789abcdef0123456789abcdef";

  private static final ObjectMapper JSON = new ObjectMapper();

  final AuthServer auth;
  final String url;
  private final StandaloneAuthServer http;
  private final HttpClient client = HttpClient.newHttpClient();

  private RunningAuth(AuthServer auth) throws AccountRefused {
    this.auth = auth;
    this.http = start(auth);
    this.url = "http://localhost:" + http.port();
    auth.issuer(URI.create(url));
    auth.provisionClient("git-receiver", SECRET);
    auth.firstAdministrator(ADMIN, "admin", () -> PASSWORD);
  }

  private static StandaloneAuthServer start(AuthServer auth) {
    try {
      return StandaloneAuthServer.start(auth, new ListenAddress("127.0.0.1"), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hashing costs little in tests. */
  static AuthConfig config(TestDatabase database, Path directory) {
    return AuthConfig.in(directory)
        .withDatabase(database.at(directory))
        .withPasswords(new PasswordConfig(10, 64, 1, 1));
  }

  static RunningAuth in(TestDatabase database, Path directory) throws AccountRefused {
    return start(config(database, directory), Clock.systemUTC());
  }

  static RunningAuth start(AuthConfig config, Clock clock) throws AccountRefused {
    return new RunningAuth(AuthServer.open(config, clock));
  }

  /** What came back. */
  record Answer(int status, HttpResponse<String> response) {
    JsonNode json() {
      try {
        return response.body().isEmpty()
            ? MissingNode.getInstance()
            : JSON.readTree(response.body());
      } catch (JsonProcessingException e) {
        throw new AssertionError("no JSON: " + response.body(), e);
      }
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    String text(String field) {
      return json().path(field).asText();
    }
  }

  Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(url + path));
  }

  /**
   * A form.
   *
   * @param pairs names and values in turn
   */
  HttpRequest.Builder form(String path, String... pairs) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      body.append(i == 0 ? "" : "&")
          .append(encode(pairs[i]))
          .append('=')
          .append(encode(pairs[i + 1]));
    }
    return to(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(body.toString()));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  Answer login(String email, String password) {
    return send(
        form(
            "/oauth/token",
            "grant_type",
            "password",
            "client_id",
            "platform-cli",
            "username",
            email,
            "password",
            password));
  }

  String tokenOf(String email, String password) {
    Answer answer = login(email, password);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer.text("access_token");
  }

  String adminToken() {
    return tokenOf(ADMIN, PASSWORD);
  }

  Answer introspect(String token) {
    return send(
        form("/oauth/introspect", "token", token)
            .header("Authorization", basic("git-receiver", SECRET)));
  }

  boolean isActive(String token) {
    Answer answer = introspect(token);
    assertThat(answer.status()).isEqualTo(200);
    return answer.json().path("active").asBoolean();
  }

  static String basic(String id, String secret) {
    return "Basic "
        + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  Answer get(String path, String token) {
    return send(to(path).header("Authorization", "Bearer " + token));
  }

  Answer delete(String path, String token) {
    return send(to(path).header("Authorization", "Bearer " + token).DELETE());
  }

  Answer call(String method, String path, String token, String json) {
    return send(
        to(path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }

  /** Makes an account with {@link #PASSWORD} and logs in. */
  String newUser(String email) {
    Answer made =
        call(
            "POST",
            "/auth/v1/accounts",
            adminToken(),
            "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, PASSWORD));
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    return tokenOf(email, PASSWORD);
  }

  @Override
  public void close() {
    client.close();
    http.close();
  }
}
