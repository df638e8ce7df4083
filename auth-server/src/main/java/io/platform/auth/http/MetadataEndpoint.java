package io.platform.auth.http;

import io.javalin.http.Context;
import io.platform.auth.token.Permissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says where the endpoints are and what they take (RFC 8414), and with which keys tokens are
 * verified (RFC 7517).
 */
final class MetadataEndpoint {

  private static final String CACHEABLE = "public, max-age=300";

  private final AuthServices services;

  MetadataEndpoint(AuthServices services) {
    this.services = services;
  }

  void metadata(Context context) throws OAuthError {
    String url = services.url();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("issuer", url);
    answer.put("token_endpoint", url + AuthRoutes.TOKEN);
    answer.put("introspection_endpoint", url + AuthRoutes.INTROSPECT);
    answer.put("revocation_endpoint", url + AuthRoutes.REVOKE);
    answer.put("jwks_uri", url + AuthRoutes.JWKS);
    answer.put("grant_types_supported", List.of("password"));
    answer.put("response_types_supported", List.of());
    answer.put("scopes_supported", List.of(Permissions.PLATFORM_SCOPE));
    answer.put("token_endpoint_auth_methods_supported", List.of("none"));
    answer.put("introspection_endpoint_auth_methods_supported", List.of("client_secret_basic"));
    answer.put(
        "revocation_endpoint_auth_methods_supported", List.of("none", "client_secret_basic"));
    context.header("Cache-Control", CACHEABLE).removeHeader("Pragma");
    Json.answer(context, 200, answer);
  }

  void keys(Context context) {
    context.header("Cache-Control", CACHEABLE).removeHeader("Pragma");
    Json.answer(
        context, 200, "application/jwk-set+json", services.keys().published().toJSONObject(true));
  }
}
