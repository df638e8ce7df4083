package io.platform.auth.http;

import io.javalin.http.Context;
import io.platform.auth.token.Clients;
import io.platform.auth.token.TokenSubject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Authenticates the OAuth client: a confidential one by HTTP Basic (RFC 6749, 2.3.1), the public
 * one by its id alone.
 */
final class ClientAuth {

  private static final String BASIC = "basic ";

  private final Clients clients;

  ClientAuth(Clients clients) {
    this.clients = clients;
  }

  /** The program that calls by its client's secret. */
  TokenSubject.Robot robot(Context context) throws OAuthError {
    return authenticated(context)
        .map(TokenSubject.Robot::new)
        .orElseThrow(
            () -> OAuthError.invalidClient("Only servers with a client secret may ask this."));
  }

  /** The id of whichever client calls. */
  String any(Context context, Form form) throws OAuthError {
    Optional<String> confidential = authenticated(context);
    if (confidential.isPresent()) {
      return confidential.get();
    }
    String id = form.required("client_id");
    if (!id.equals(Clients.COMMAND_LINE)) {
      throw OAuthError.invalidClient(
          "There is no public client of this id; the command line is platform-cli.");
    }
    return id;
  }

  private Optional<String> authenticated(Context context) throws OAuthError {
    String header = context.header("Authorization");
    if (header == null) {
      return Optional.empty();
    }
    String[] pair = pair(header);
    if (pair.length == 2 && isSecretOf(pair[0], pair[1])) {
      return Optional.of(pair[0]);
    }
    throw OAuthError.invalidClient("The client id or its secret is wrong.");
  }

  /** The RFC has the secret form-encoded within Basic; many clients send it as it is. */
  private boolean isSecretOf(String id, String secret) {
    if (clients.isSecretOf(id, secret)) {
      return true;
    }
    try {
      return clients.isSecretOf(id, URLDecoder.decode(secret, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String[] pair(String header) {
    if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return new String[0];
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
      return new String(decoded, StandardCharsets.UTF_8).split(":", 2);
    } catch (IllegalArgumentException e) {
      return new String[0];
    }
  }
}
