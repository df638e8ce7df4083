package io.platform.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Requests with time limits, JSON in and out; failures become a {@link ClientException}. */
final class Http {
  static final Duration LIMIT = Duration.ofSeconds(30);

  private final HttpClients clients;
  private final Optional<String> token;

  Http(Optional<String> token, HttpClients clients) {
    this.token = token;
    this.clients = clients;
  }

  JsonNode get(URI uri) throws ClientException {
    return get(uri, LIMIT);
  }

  JsonNode get(URI uri, Duration limit) throws ClientException {
    return json(request(uri, limit).GET());
  }

  JsonNode send(String method, URI uri, JsonNode body) throws ClientException {
    var text = BodyPublishers.ofString(JsonTree.compact(body));
    return json(
        request(uri, LIMIT).header("Content-Type", "application/json").method(method, text));
  }

  JsonNode send(String method, URI uri, Duration limit) throws ClientException {
    return json(request(uri, limit).method(method, BodyPublishers.noBody()));
  }

  /** Posts {@code application/x-www-form-urlencoded}, as OAuth has it. */
  JsonNode form(URI uri, String body) throws ClientException {
    return json(
        request(uri, LIMIT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  /**
   * A text that streams; the caller closes it. Headers come within the limit, the body takes its
   * time.
   */
  InputStream stream(URI uri, String mediaType) throws ClientException {
    var request = request(uri, LIMIT).setHeader("Accept", mediaType).GET();
    var response = exchange(request, (client, it) -> client.send(it, BodyHandlers.ofInputStream()));
    if (response.statusCode() / 100 == 2) {
      return response.body();
    }
    try (var body = response.body()) {
      throw refusal(response, new String(body.readNBytes(65536), StandardCharsets.UTF_8));
    } catch (IOException cut) {
      throw unreachable(uri, cut);
    }
  }

  /** Connects a WebSocket; a refusal is told as that of any request. */
  ProcessConnection connect(URI uri, ProcessConnection.Listener listener) throws ClientException {
    var connection = ProcessConnection.over(listener);
    var builder =
        clients
            .client(uri)
            .newWebSocketBuilder()
            .connectTimeout(LIMIT)
            .header("User-Agent", clients.userAgent());
    token.ifPresent(it -> builder.header("Authorization", "Bearer " + it));
    var proxy = clients.proxyFor(uri);
    proxy
        .flatMap(ProxyServer::authorization)
        .ifPresent(it -> builder.header("Proxy-Authorization", it));
    try {
      connection.connected(
          builder
              .buildAsync(
                  URI.create(uri.toString().replaceFirst("^http", "ws")), connection.receiver())
              .join());
      return connection;
    } catch (CompletionException e) {
      throw switch (e.getCause()) {
        case WebSocketHandshakeException refused -> refusedUpgrade(refused.getResponse(), proxy);
        case IOException failed ->
            proxy.isPresent()
                ? ProxyFailures.of(proxy.get(), origin(uri), failed, reason(failed))
                : unreachable(uri, failed);
        case null, default ->
            new ClientException.Unreachable("Could not reach " + origin(uri) + ".");
      };
    }
  }

  private static ClientException refusedUpgrade(
      HttpResponse<?> response, Optional<ProxyServer> proxy) {
    if (response.statusCode() == 407 && proxy.isPresent()) {
      return ProxyFailures.loginWanted(proxy.get(), response.headers());
    }
    return refusal(response, String.valueOf(response.body()));
  }

  private HttpRequest.Builder request(URI uri, Duration limit) {
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(limit)
            .header("User-Agent", clients.userAgent())
            .header("Accept", "application/json, application/problem+json");
    token.ifPresent(it -> request.header("Authorization", "Bearer " + it));
    return request;
  }

  private JsonNode json(HttpRequest.Builder builder) throws ClientException {
    var response = exchange(builder, Http::whole);
    if (response.statusCode() / 100 != 2) {
      throw refusal(response, response.body());
    }
    if (response.body().isEmpty()) {
      return JsonTree.object();
    }
    var tree = JsonTree.parse(response.body());
    if (tree.isMissingNode()) {
      throw new ClientException.NotAPlatform(
          origin(response.uri()) + " answered with something that is no JSON.");
    }
    return tree;
  }

  private interface Exchange<T> {
    HttpResponse<T> by(HttpClient client, HttpRequest request)
        throws IOException, InterruptedException;
  }

  /** The client's own limit ends with the headers of an answer: the rest could take for ever. */
  private static HttpResponse<String> whole(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    var answer = client.sendAsync(request, BodyHandlers.ofString());
    try {
      return answer.get(request.timeout().orElse(LIMIT).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("the answer stopped");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private <T> HttpResponse<T> exchange(HttpRequest.Builder builder, Exchange<T> exchange)
      throws ClientException {
    var proxy = clients.proxyFor(builder.build().uri());
    proxy
        .flatMap(ProxyServer::authorization)
        .ifPresent(it -> builder.header("Proxy-Authorization", it));
    var request = builder.build();
    try {
      var response = exchange.by(clients.client(request.uri()), request);
      if (response.statusCode() == 407 && proxy.isPresent()) {
        throw ProxyFailures.loginWanted(proxy.get(), response.headers());
      }
      return response;
    } catch (IOException failed) {
      throw proxy.isPresent()
          ? ProxyFailures.of(proxy.get(), origin(request.uri()), failed, reason(failed))
          : unreachable(request.uri(), failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ClientException.Unreachable(
          "Interrupted while waiting for " + origin(request.uri()) + ".");
    }
  }

  static ClientException unreachable(URI uri, IOException failed) {
    return new ClientException.Unreachable(
        "Could not reach " + origin(uri) + ": " + reason(failed) + ".");
  }

  private static String reason(IOException failed) {
    return switch (failed) {
      case HttpConnectTimeoutException _ ->
          "no connection within " + HttpClients.CONNECT_LIMIT.toSeconds() + " seconds";
      case HttpTimeoutException _ -> "no answer in time";
      case ConnectException refused when refused.getCause() instanceof UnresolvedAddressException ->
          "there is no host of this name";
      case ConnectException refused
          when refused.getCause() instanceof ConnectException cause
              && cause.getCause() instanceof UnresolvedAddressException ->
          "there is no host of this name";
      case ConnectException _ -> "nothing answers there (connection refused)";
      case SSLException tls when isOf(CertPathBuilderException.class, tls) ->
          "its certificate is from no authority that is trusted here. If the authority is your"
              + " own, add it to this machine's, or name a file with its certificate:"
              + " SSL_CERT_FILE=FILE for this command, GIT_SSL_CAINFO=FILE for git";
      case SSLException tls -> "no secure connection (" + tls.getMessage() + ")";
      default -> "the connection broke";
    };
  }

  private static boolean isOf(Class<? extends Throwable> reason, Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (reason.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static ClientException refusal(HttpResponse<?> response, String body) {
    var problem = JsonTree.parse(body);
    var said =
        JsonTree.text(problem, "detail")
            .or(() -> JsonTree.text(problem, "error_description"))
            .or(() -> JsonTree.text(problem, "title"));
    int status = response.statusCode();
    return switch (status) {
      case 401 -> new ClientException.Unauthorized(said.orElse("The server asks for a login."));
      case 404 ->
          new ClientException.NotFound(
              said.orElse("There is no such thing at " + origin(response.uri()) + "."));
      case 429 ->
          new ClientException.Refused(
              status, Optional.empty(), said.orElse("Too many requests.") + retryAfter(response));
      default ->
          new ClientException.Refused(
              status, JsonTree.text(problem, "error"), said.orElseGet(() -> unexplained(response)));
    };
  }

  private static String retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(it -> it.matches("\\d+"))
        .map(seconds -> " Try again in " + seconds + " seconds.")
        .orElse("");
  }

  private static String unexplained(HttpResponse<?> response) {
    var status = response.statusCode();
    var elsewhere =
        status / 100 == 3 ? response.headers().firstValue("Location") : Optional.<String>empty();
    return origin(response.uri())
        + " answered with HTTP status "
        + status
        + elsewhere.map(it -> ", which points to " + it + ".").orElse(".");
  }

  private static String origin(URI uri) {
    return ServerUrl.origin(uri.toString()).map(ServerUrl::toString).orElse(uri.toString());
  }
}
