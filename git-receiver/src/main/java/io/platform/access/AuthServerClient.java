package io.platform.access;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.TypelessAccessToken;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import dev.failsafe.RetryPolicy;
import io.platform.commons.retry.Retry;
import io.platform.commons.retry.RetryPolicies;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the auth server: its metadata (RFC 8414), its keys (RFC 7517), and whether a token is good
 * (RFC 7662).
 */
final class AuthServerClient implements AutoCloseable {
  private static final int MAX_ANSWER = 1024 * 1024;

  /** What a server says that takes no new requests, or a proxy for one that is not there. */
  private static final Set<Integer> STOPPING = Set.of(502, 503, 504);

  private final AuthServerConfig config;
  private final ClientSecretBasic credentials;
  private final Duration limit;
  private final HttpClient http;
  private volatile @Nullable Endpoints endpoints;

  AuthServerClient(AuthServerConfig config, Duration limit) {
    this.config = config;
    this.credentials =
        new ClientSecretBasic(new ClientID(config.clientId()), new Secret(config.clientSecret()));
    this.limit = limit;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limit.dividedBy(3))
            .build();
  }

  /** How long one question may take, with all attempts. */
  Duration limit() {
    return limit;
  }

  private record Endpoints(URI keys, URI introspection) {}

  /** The JWK set, as JSON. */
  String keys() throws AuthServerUnavailable {
    endpoints = null; // it may have moved
    return get(endpoints().keys());
  }

  /** The introspection's answer. */
  TokenIntrospectionSuccessResponse introspect(String token) throws AuthServerUnavailable {
    URI address = endpoints().introspection();
    HTTPRequest message =
        new TokenIntrospectionRequest(address, credentials, new TypelessAccessToken(token))
            .toHTTPRequest();
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Authorization", message.getAuthorization())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(message.getBody()))
            .build();
    String answer = send(request);
    try {
      return TokenIntrospectionSuccessResponse.parse(JSONObjectUtils.parse(answer));
    } catch (ParseException e) {
      throw unreadable(address, e);
    }
  }

  private static AuthServerUnavailable unreadable(URI address, ParseException e) {
    return new AuthServerUnavailable(
        "%s does not answer as it should: %s".formatted(address, e.getMessage()), e);
  }

  private Endpoints endpoints() throws AuthServerUnavailable {
    Endpoints known = endpoints;
    if (known != null) {
      return known;
    }
    URI address = URI.create(config.reachedAt() + "/.well-known/oauth-authorization-server");
    AuthorizationServerMetadata metadata = metadata(address);
    if (!metadata.getIssuer().getValue().equals(config.issuer().toString())) {
      throw new AuthServerUnavailable(
          "%s is of another issuer than %s".formatted(address, config.issuer()));
    }
    Endpoints found =
        new Endpoints(
            endpoint(address, "jwks_uri", metadata.getJWKSetURI()),
            endpoint(address, "introspection_endpoint", metadata.getIntrospectionEndpointURI()));
    endpoints = found;
    return found;
  }

  private AuthorizationServerMetadata metadata(URI address) throws AuthServerUnavailable {
    String answer = get(address);
    try {
      return AuthorizationServerMetadata.parse(answer);
    } catch (ParseException e) {
      throw unreadable(address, e);
    }
  }

  private URI endpoint(URI address, String name, @Nullable URI endpoint)
      throws AuthServerUnavailable {
    if (endpoint == null || !endpoint.isAbsolute()) {
      throw new AuthServerUnavailable("%s has no %s".formatted(address, name));
    }
    return URI.create(reached(endpoint.toString()));
  }

  /** The metadata speak of the issuer's address, as users reach it. */
  private String reached(String endpoint) {
    String issuer = config.issuer().toString();
    return endpoint.startsWith(issuer + "/")
        ? config.reachedAt() + endpoint.substring(issuer.length())
        : endpoint;
  }

  private String get(URI address) throws AuthServerUnavailable {
    return send(HttpRequest.newBuilder(address).header("Accept", "application/json").build());
  }

  /**
   * Asks until there is an answer. Of several auth servers behind the address one may have gone
   * just now: a kept connection to it is closed or silent, a new one refused until nobody leads
   * there any more, and the next reaches another one.
   */
  private String send(HttpRequest request) throws AuthServerUnavailable {
    long end = System.nanoTime() + limit.toNanos();
    HttpResponse<String> answer;
    try {
      answer =
          Retry.call(
              retries(end), () -> sendOnce(request, shorter(limit.dividedBy(3), until(end))));
    } catch (IOException e) {
      throw new AuthServerUnavailable("%s: %s".formatted(request.uri(), reason(e)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuthServerUnavailable("%s: interrupted".formatted(request.uri()), e);
    }
    if (answer.statusCode() != 200) {
      throw new AuthServerUnavailable(
          "%s answers %d%s"
              .formatted(request.uri(), answer.statusCode(), hint(answer.statusCode())));
    }
    return answer.body();
  }

  /** Not again where an attempt would have no time left. */
  private RetryPolicy<HttpResponse<String>> retries(long end) {
    return RetryPolicies.<HttpResponse<String>>instanceGone(limit)
        .handleResultIf(answer -> STOPPING.contains(answer.statusCode()))
        .handleIf(failure ->
            failure instanceof IOException
                && until(end).compareTo(limit.dividedBy(10)) > 0
                && !Thread.currentThread().isInterrupted())
        .build();
  }

  private static Duration until(long end) {
    return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "no connection" : e.getMessage();
  }

  private static String hint(int status) {
    return status == 401 ? ": the client id or client secret that it expects is another" : "";
  }

  /**
   * One of several tries; its failure tells the time that all have together. The time holds for the
   * whole exchange; a request's own timeout would end with the answer's headers.
   */
  private HttpResponse<String> sendOnce(HttpRequest request, Duration time) throws IOException {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(
            request,
            BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_ANSWER));
    try {
      return answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpTimeoutException("no answer within %d ms".formatted(limit.toMillis()));
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
