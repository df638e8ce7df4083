package io.platform.auth.http;

import static com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
import static com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod.NONE;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.id.Issuer;
import io.javalin.http.Context;
import io.platform.auth.token.TokenPermissions;
import io.platform.commons.http.Json;
import java.net.URI;
import java.util.List;

/**
 * Serves the metadata of the endpoints (RFC 8414) and the public keys that verify tokens (RFC
 * 7517).
 */
final class MetadataEndpoint {

  private static final String CACHEABLE = "public, max-age=300";

  private final AuthServices services;
  private final List<GrantType> grantTypes;

  MetadataEndpoint(AuthServices services, List<GrantType> grantTypes) {
    this.services = services;
    this.grantTypes = grantTypes;
  }

  void metadata(Context context) throws OAuthError {
    String url = services.url();
    context.header("Cache-Control", CACHEABLE).removeHeader("Pragma");
    Json.answer(context, 200, metadata(url).toJSONObject());
  }

  private AuthorizationServerMetadata metadata(String url) {
    AuthorizationServerMetadata metadata = new AuthorizationServerMetadata(new Issuer(url));
    metadata.setTokenEndpointURI(URI.create(url + AuthRoutes.TOKEN));
    metadata.setIntrospectionEndpointURI(URI.create(url + AuthRoutes.INTROSPECT));
    metadata.setRevocationEndpointURI(URI.create(url + AuthRoutes.REVOKE));
    metadata.setJWKSetURI(URI.create(url + AuthRoutes.JWKS));
    metadata.setGrantTypes(grantTypes);
    metadata.setResponseTypes(List.of());
    metadata.setScopes(new Scope(TokenPermissions.PLATFORM_SCOPE));
    metadata.setTokenEndpointAuthMethods(List.of(NONE));
    metadata.setIntrospectionEndpointAuthMethods(List.of(CLIENT_SECRET_BASIC));
    metadata.setRevocationEndpointAuthMethods(List.of(NONE, CLIENT_SECRET_BASIC));
    return metadata;
  }

  void keys(Context context) {
    context.header("Cache-Control", CACHEABLE).removeHeader("Pragma");
    context
        .contentType("application/jwk-set+json")
        .result(Json.bytes(services.keys().published().toJSONObject(true)));
  }
}
