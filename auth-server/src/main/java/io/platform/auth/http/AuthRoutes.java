package io.platform.auth.http;

import io.javalin.config.JavalinConfig;
import io.platform.commons.http.HttpServer;

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

  private final AuthServices services;
  private final ClientAddress address;

  /** Routes that trust {@code X-Forwarded-For} only if told so. */
  public AuthRoutes(AuthServices services, boolean forwardedFor) {
    this.services = services;
    this.address = new ClientAddress(forwardedFor);
  }

  /** Adds them to a server of {@link HttpServer}, or one with its limits. */
  public void register(JavalinConfig javalin) {
    oauth(javalin);
    accounts(javalin);
    namespaces(javalin);
  }

  private void oauth(JavalinConfig javalin) {
    TokenEndpoint token = new TokenEndpoint(services, address);
    MetadataEndpoint metadata = new MetadataEndpoint(services, token.grantTypes());
    javalin.routes.get(METADATA, RequestHandling.oauth(metadata::metadata));
    javalin.routes.get(JWKS, RequestHandling.oauth(metadata::keys));
    javalin.routes.post(TOKEN, RequestHandling.oauth(token::handle));
    javalin.routes.post(
        INTROSPECT, RequestHandling.oauth(new IntrospectionEndpoint(services)::handle));
    javalin.routes.post(REVOKE, RequestHandling.oauth(new RevocationEndpoint(services)::handle));
  }

  private void accounts(JavalinConfig javalin) {
    AccountsEndpoint accounts = new AccountsEndpoint(services, address);
    javalin.routes.post(ACCOUNTS, RequestHandling.api(accounts::create));
    javalin.routes.get(ACCOUNTS, RequestHandling.api(accounts::list));
    javalin.routes.delete(ACCOUNTS + "/{email}", RequestHandling.api(accounts::remove));
    javalin.routes.put(OWN_PASSWORD, RequestHandling.api(accounts::changePassword));
  }

  private void namespaces(JavalinConfig javalin) {
    NamespacesEndpoint namespaces = new NamespacesEndpoint(services);
    javalin.routes.post(NAMESPACES, RequestHandling.api(namespaces::create));
    javalin.routes.get(NAMESPACES, RequestHandling.api(namespaces::list));
    javalin.routes.delete(NAMESPACES + "/{namespace}", RequestHandling.api(namespaces::destroy));
    javalin.routes.get(MEMBERS, RequestHandling.api(namespaces::members));
    javalin.routes.put(MEMBERS + "/{email}", RequestHandling.api(namespaces::grant));
    javalin.routes.delete(MEMBERS + "/{email}", RequestHandling.api(namespaces::remove));
  }
}
