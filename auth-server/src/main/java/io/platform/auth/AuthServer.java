package io.platform.auth;

import io.javalin.config.JavalinConfig;
import io.platform.auth.account.Account;
import io.platform.auth.account.AccountRefused;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The auth server for a program that mounts it: its routes, and what the owner of the installation
 * does to it.
 */
public final class AuthServer implements AutoCloseable {

  private AuthServer() {}

  /**
   * Opens the database, brings its tables up to date, and makes the first signing key where there
   * is none.
   */
  public static AuthServer open(AuthConfig config) {
    return new AuthServer();
  }

  /**
   * Says at which public base URL the server is reached, once that is known. Before, its routes
   * answer 503.
   */
  public void issuer(URI url) {}

  /**
   * Adds the routes under {@code /oauth}, {@code /auth/v1} and the metadata document to a Javalin
   * that others share.
   */
  public void register(JavalinConfig javalin) {}

  /** Makes the first account, an administrator, if there is none at all. */
  public Optional<Account> firstAdministrator(
      String email, String namespace, Supplier<String> password) throws AccountRefused {
    return Optional.empty();
  }

  /** Makes a confidential client, such as {@code git-receiver}, or gives it this secret. */
  public void provisionClient(String id, String secret) {}

  /** Gives an account a new password, and ends all of its tokens. */
  public void resetPassword(String email, String newPassword) throws AccountRefused {}

  /** Whether the database answers. */
  public boolean isReady() {
    return true;
  }

  @Override
  public void close() {}
}
