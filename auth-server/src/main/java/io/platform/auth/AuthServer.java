package io.platform.auth;

import io.javalin.config.JavalinConfig;
import io.platform.auth.account.Account;
import io.platform.auth.account.AccountRefused;
import io.platform.auth.account.AccountStore;
import io.platform.auth.account.Accounts;
import io.platform.auth.account.EmailAddress;
import io.platform.auth.account.Logins;
import io.platform.auth.account.NamespaceName;
import io.platform.auth.account.Namespaces;
import io.platform.auth.account.Passwords;
import io.platform.auth.http.AuthRoutes;
import io.platform.auth.http.AuthServices;
import io.platform.auth.sql.Database;
import io.platform.auth.token.Clients;
import io.platform.auth.token.Issuer;
import io.platform.auth.token.SigningKeys;
import io.platform.auth.token.Tokens;
import io.platform.commons.database.PoolObserver;
import io.platform.commons.http.SlowRequestLimits;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The auth server for a program that mounts it: its routes, and the tasks of the installation's
 * owner.
 *
 * <p>All of it may be used from many threads, and by several programs on one database.
 */
public final class AuthServer implements AutoCloseable {

  private final Database database;
  private final SlowRequestLimits requests;
  private final AuthServices services;
  private final AuthRoutes routes;

  private AuthServer(AuthConfig config, Database database, Clock clock) {
    AccountStore store = database.accounts();
    Passwords passwords = new Passwords(config.passwords());
    SigningKeys keys = new SigningKeys(database.keys(), config.tokens(), clock);
    this.database = database;
    this.requests = config.requests();
    this.services =
        new AuthServices(
            new Issuer(),
            new Logins(store, database.failures(), passwords, config.throttle(), clock),
            new Accounts(store, passwords, clock),
            new Namespaces(store, clock),
            new Tokens(keys, database.revocations(), store, config.tokens(), clock),
            keys,
            new Clients(database.clients()));
    this.routes = new AuthRoutes(services, config.forwardedFor());
    config.issuer().ifPresent(services.issuer()::set);
  }

  /**
   * Opens the database, brings its tables up to date, and makes the first signing key where there
   * is none.
   */
  public static AuthServer open(AuthConfig config) {
    return open(config, PoolObserver.NONE);
  }

  /** As {@link #open(AuthConfig)}, with the pool of its database connections observed. */
  public static AuthServer open(AuthConfig config, PoolObserver pools) {
    return open(config, Clock.systemUTC(), pools);
  }

  /** As {@link #open(AuthConfig)}, by another clock. */
  static AuthServer open(AuthConfig config, Clock clock) {
    return open(config, clock, PoolObserver.NONE);
  }

  private static AuthServer open(AuthConfig config, Clock clock, PoolObserver pools) {
    Database database = Database.open(config.database(), pools);
    try {
      AuthServer server = new AuthServer(config, database, clock);
      server.services.keys().signer();
      return server;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Says at which public base URL the server is reached, once that is known. Before, its routes
   * answer 503. Tokens name it: those of another one are no good.
   *
   * @throws IllegalArgumentException if it is no http(s) URL, or has more than scheme, host and
   *     port
   */
  public void issuer(URI url) {
    services.issuer().set(url);
  }

  /**
   * Adds the routes under {@code /oauth}, {@code /auth/v1} and the metadata document to a Javalin
   * that others share.
   */
  public void register(JavalinConfig javalin) {
    routes.register(javalin);
  }

  /**
   * Makes the first account, an administrator, if there is none at all. Of two programs that try at
   * once, one does.
   *
   * @param password asked for at most once, and only if the account is made, right before it is:
   *     what should survive a kill in between (such as a file with the password) is best written
   *     there
   * @throws AccountRefused if the address, the name or the password breaks the rules
   */
  public Optional<Account> firstAdministrator(
      String email, String namespace, Supplier<String> password) throws AccountRefused {
    return services
        .accounts()
        .createFirst(EmailAddress.of(email), NamespaceName.of(namespace), password);
  }

  /**
   * Makes a confidential client, such as {@code git-receiver}, or gives it this secret.
   *
   * @throws IllegalArgumentException if the id is no name or the secret has fewer than 32
   *     characters
   */
  public void provisionClient(String id, String secret) {
    services.clients().provision(id, secret);
  }

  /**
   * Gives an account a new password, and ends all of its tokens.
   *
   * @throws AccountRefused if there is no such account, or the password breaks the rules
   */
  public void resetPassword(String email, String newPassword) throws AccountRefused {
    services.accounts().resetPassword(EmailAddress.of(email), newPassword);
  }

  /** Signs with a new key from now on; tokens of older keys stay good until they expire. */
  public void rotateKeys() {
    services.keys().rotate();
  }

  SlowRequestLimits requests() {
    return requests;
  }

  /** Whether the database answers. */
  public boolean isReady() {
    return database.answers();
  }

  @Override
  public void close() {
    database.close();
  }
}
