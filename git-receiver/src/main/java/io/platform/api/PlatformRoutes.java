package io.platform.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.platform.access.Principal;
import io.platform.commons.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** RouteGroup that describe the platform and the caller. */
final class PlatformRoutes implements RouteGroup {
  static final String RESOURCE = "/.well-known/oauth-protected-resource";
  static final String OPENAPI = "/api/v1/openapi.json";
  static final String ME = "/api/v1/me";

  private final ApiConfig.Addresses addresses;
  private final UserAuthentication users;

  PlatformRoutes(ApiConfig.Addresses addresses, UserAuthentication users) {
    this.addresses = addresses;
    this.users = users;
  }

  @Override
  public void register(RoutesConfig routes) {
    routes.get(RESOURCE, this::resource);
    routes.get(OPENAPI, PlatformRoutes::openApi);
    routes.get(ME, this::me);
  }

  /** RFC 9728: from here a client finds the auth server. */
  private void resource(Context ctx) {
    Json.answer(
        ctx,
        200,
        Map.of(
            "resource",
            addresses.base().toString(),
            "authorization_servers",
            List.of(addresses.issuer().toString()),
            "bearer_methods_supported",
            List.of("header"),
            "resource_name",
            "Platform"));
  }

  private static void openApi(Context ctx) throws IOException {
    try (InputStream document = PlatformRoutes.class.getResourceAsStream("openapi.json")) {
      if (document == null) {
        throw new IllegalStateException("openapi.json is not in the jar");
      }
      ctx.status(200).contentType("application/json").result(document.readAllBytes());
    }
  }

  private record Me(
      String email,
      String subject,
      String namespace,
      List<NamespaceRole> namespaces,
      String server) {}

  private record NamespaceRole(String name, String role) {}

  private void me(Context ctx) {
    Principal user = users.user(ctx);
    List<NamespaceRole> namespaces =
        user.memberships().stream()
            .map(m -> new NamespaceRole(m.namespace(), m.role().name().toLowerCase(Locale.ROOT)))
            .toList();
    Json.answer(
        ctx,
        200,
        new Me(
            user.name(),
            user.subject(),
            user.ownNamespace().orElse(""),
            namespaces,
            addresses.base().toString()));
  }
}
