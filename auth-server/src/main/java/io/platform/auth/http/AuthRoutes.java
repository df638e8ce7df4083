package io.platform.auth.http;

import io.javalin.config.JavalinConfig;

/** The routes of the auth server, to be added to any Javalin. */
public final class AuthRoutes {

  static final String METADATA = "/.well-known/oauth-authorization-server";
  static final String TOKEN = "/oauth/token";
  static final String INTROSPECT = "/oauth/introspect";
  static final String REVOKE = "/oauth/revoke";
  static final String JWKS = "/oauth/jwks";

  private static final String ACCOUNTS = "/auth/v1/accounts";
  private static final String OWN_PASSWORD = "/auth/v1/me/password";
  private static final String NAMESPACES = "/auth/v1/namespaces";
  private static final String MEMBERS = NAMESPACES + "/{namespace}/members";

  private final Services services;
  private final ClientAddress address;

  /** Routes that trust {@code X-Forwarded-For} only if told so. */
  public AuthRoutes(Services services, boolean forwardedFor) {
    this.services = services;
    this.address = new ClientAddress(forwardedFor);
  }

  public void register(JavalinConfig javalin) {
    oauth(javalin);
    accounts(javalin);
    namespaces(javalin);
  }

  private void oauth(JavalinConfig javalin) {
    MetadataEndpoint metadata = new MetadataEndpoint(services);
    javalin.routes.get(METADATA, Guard.oauth(metadata::metadata));
    javalin.routes.get(JWKS, Guard.oauth(metadata::keys));
    javalin.routes.post(TOKEN, Guard.oauth(new TokenEndpoint(services, address)::handle));
    javalin.routes.post(INTROSPECT, Guard.oauth(new IntrospectionEndpoint(services)::handle));
    javalin.routes.post(REVOKE, Guard.oauth(new RevocationEndpoint(services)::handle));
  }

  private void accounts(JavalinConfig javalin) {
    AccountsEndpoint accounts = new AccountsEndpoint(services, address);
    javalin.routes.post(ACCOUNTS, Guard.api(accounts::create));
    javalin.routes.get(ACCOUNTS, Guard.api(accounts::list));
    javalin.routes.delete(ACCOUNTS + "/{email}", Guard.api(accounts::remove));
    javalin.routes.put(OWN_PASSWORD, Guard.api(accounts::changePassword));
  }

  private void namespaces(JavalinConfig javalin) {
    NamespacesEndpoint namespaces = new NamespacesEndpoint(services);
    javalin.routes.post(NAMESPACES, Guard.api(namespaces::create));
    javalin.routes.get(NAMESPACES, Guard.api(namespaces::list));
    javalin.routes.delete(NAMESPACES + "/{namespace}", Guard.api(namespaces::destroy));
    javalin.routes.get(MEMBERS, Guard.api(namespaces::members));
    javalin.routes.put(MEMBERS + "/{email}", Guard.api(namespaces::grant));
    javalin.routes.delete(MEMBERS + "/{email}", Guard.api(namespaces::remove));
  }
}
