package io.platform.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The auth server of a platform: tokens as OAuth 2.0 has them. */
public final class AuthServerApi {
  private static final String CLIENT_ID = "platform-cli";
  private static final Duration TOKEN_LIFE_IF_UNSAID = Duration.ofHours(1);

  private final URI issuer;
  private final URI token;
  private final Optional<URI> revocation;
  private final Http http;

  private AuthServerApi(URI issuer, URI token, Optional<URI> revocation, Http http) {
    this.issuer = issuer;
    this.token = token;
    this.revocation = revocation;
    this.http = http;
  }

  /** A token and how long it lives. */
  public record Granted(String token, Duration life) {
    @Override
    public String toString() {
      return "token for " + life;
    }
  }

  /**
   * Finds the auth server of a platform: the server names its issuer (RFC 9728), the issuer its
   * endpoints (RFC 8414). Both have to speak of themselves, as the RFCs ask for, so that no
   * password goes astray.
   */
  public static AuthServerApi discover(ServerUrl server, HttpClients clients)
      throws ClientException {
    var http = new Http(Optional.empty(), clients);
    var resource = metadata(http, server, server.at("/.well-known/oauth-protected-resource"));
    var itself = JsonTree.text(resource, "resource").flatMap(ServerUrl::origin);
    var issuer =
        JsonTree.text(resource.path("authorization_servers").path(0)).flatMap(AuthServerApi::uri);
    if (issuer.isEmpty() || itself.isEmpty()) {
      throw notAPlatform(server);
    }
    if (!itself.get().equals(server)) {
      throw new ClientException.NotAPlatform(
          "The server at " + server + " calls itself " + itself.get() + ". Use that address.");
    }
    var auth = metadata(http, server, wellKnown(issuer.get()));
    var endpoint = JsonTree.text(auth, "token_endpoint").flatMap(AuthServerApi::uri);
    if (endpoint.isEmpty()
        || !JsonTree.text(auth, "issuer").equals(Optional.of(issuer.get().toString()))) {
      throw notAPlatform(server);
    }
    if (server.scheme().equals("https") && !"https".equals(endpoint.get().getScheme())) {
      throw new ClientException.NotAPlatform(
          "The server at "
              + server
              + " wants passwords sent without encryption, to "
              + endpoint.get()
              + ".");
    }
    var revocation = JsonTree.text(auth, "revocation_endpoint").flatMap(AuthServerApi::uri);
    return new AuthServerApi(issuer.get(), endpoint.get(), revocation, http);
  }

  public URI issuer() {
    return issuer;
  }

  public Optional<URI> revocation() {
    return revocation;
  }

  /** Trades e-mail address and password for a token. */
  public Granted login(String email, String password) throws ClientException {
    var answer =
        http.form(
            token,
            form(
                Map.of(
                    "grant_type",
                    "password",
                    "client_id",
                    CLIENT_ID,
                    "username",
                    email,
                    "password",
                    password)));
    var life = answer.path("expires_in");
    return JsonTree.text(answer, "access_token")
        .map(it ->
            new Granted(
                it, life.isNumber() ? Duration.ofSeconds(life.asLong()) : TOKEN_LIFE_IF_UNSAID))
        .orElseThrow(() ->
            new ClientException.NotAPlatform(
                "The auth server " + issuer + " answered without a token."));
  }

  /** Ends a login's token at the auth server. */
  public static void revoke(Login login, HttpClients clients) throws ClientException {
    if (login.revocation().isPresent()) {
      new Http(Optional.empty(), clients)
          .form(
              login.revocation().get(),
              form(Map.of("token", login.token(), "client_id", CLIENT_ID)));
    }
  }

  private static JsonNode metadata(Http http, ServerUrl server, URI uri) throws ClientException {
    try {
      return http.get(uri);
    } catch (ClientException.Unreachable | ClientException.ProxyFailed unreachable) {
      throw unreachable;
    } catch (ClientException.Refused refused) {
      throw refused.status() / 100 == 3 || refused.status() >= 500 ? refused : notAPlatform(server);
    } catch (ClientException other) {
      throw notAPlatform(server);
    }
  }

  private static ClientException notAPlatform(ServerUrl server) {
    return new ClientException.NotAPlatform(
        "What answers at " + server + " is not a Platform server.");
  }

  /** RFC 8414, section 3: the well-known part goes between host and path. */
  private static URI wellKnown(URI issuer) {
    var path = issuer.getPath() == null || issuer.getPath().equals("/") ? "" : issuer.getPath();
    return issuer.resolve("/.well-known/oauth-authorization-server" + path);
  }

  private static Optional<URI> uri(String text) {
    return ServerUrl.origin(text).map(_ -> URI.create(text));
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
