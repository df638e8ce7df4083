package io.platform.local;

import io.platform.auth.AuthServer;
import io.platform.auth.account.AccountRefused;
import io.platform.bootstrap.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The first administrator's password: random, and kept in a file that only its owner can read. */
final class AdminPassword {
  static final String EMAIL = "admin@localhost";
  private static final String NAMESPACE = "admin";

  /** No look-alikes: it is read from a terminal and typed. */
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private static final int LENGTH = 20;

  private final Path file;

  AdminPassword(Path file) {
    this.file = file;
  }

  /** Makes the first account where there is none, and tells its password. */
  Optional<String> ensureAccount(AuthServer auth) throws StartupException {
    AtomicReference<String> made = new AtomicReference<>("");
    try {
      return auth.firstAdministrator(EMAIL, NAMESPACE, () -> made.updateAndGet(earlier -> make()))
          .map(account -> made.get());
    } catch (AccountRefused e) {
      throw new StartupException("The first account could not be made: " + e.getMessage(), e);
    }
  }

  /**
   * Makes one and keeps it, before the account is made: a kill in between leaves a password that a
   * repeat replaces.
   */
  private String make() {
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    try {
      Path fresh =
          Files.createTempFile(
              file.toAbsolutePath().getParent(),
              ".admin-password",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, password + "\n", StandardCharsets.UTF_8);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    return password.toString();
  }
}
