package io.platform.auth.account;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.platform.auth.account.AccountRefused.Reason;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes passwords with Argon2id, and verifies them. Few at a time, as each takes its megabytes.
 */
public final class Passwords {

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final long IDLE_SECONDS = 30;

  private final PasswordConfig config;
  private final Argon2Function function;
  private final String hashOfNobody;

  /**
   * Platform threads, few of them: hashing is work for the processor, and requests run on virtual
   * threads, which are never preempted.
   */
  private final ThreadPoolExecutor hashers;

  public Passwords(PasswordConfig config) {
    this.config = config;
    this.hashers = hashers(Math.max(2, Runtime.getRuntime().availableProcessors()));
    this.function =
        Argon2Function.getInstance(
            config.memoryKib(), config.iterations(), config.parallelism(), HASH_BYTES, Argon2.ID);
    this.hashOfNobody = hashOfNothing(config);
  }

  /** Refuses a new password that breaks the rules. */
  void check(String candidate) throws AccountRefused {
    if (candidate.codePointCount(0, candidate.length()) < config.minimumLength()) {
      throw new AccountRefused(
          Reason.INVALID,
          "The password is too short; choose one of at least "
              + config.minimumLength()
              + " characters.");
    }
    if (!isBounded(candidate)) {
      throw new AccountRefused(
          Reason.INVALID,
          "The password is too long; choose one of at most "
              + PasswordConfig.MAXIMUM_LENGTH
              + " characters.");
    }
  }

  String hash(String password) {
    return bounded(
        () -> Password.hash(password).addRandomSalt(SALT_BYTES).with(function).getResult());
  }

  boolean matches(String password, String hash) {
    return isBounded(password)
        && bounded(
            () -> Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash)));
  }

  /**
   * Takes as long as {@link #matches} for an account that is there, so that time does not tell who
   * is.
   */
  void matchNobody(String password) {
    matches(password, hashOfNobody);
  }

  /** Whether the hash was made at another cost than today's. */
  boolean isOutdated(String hash) {
    return !Argon2Function.getInstanceFromHash(hash).equals(function);
  }

  /** Looks like any hash of today's cost, and took no time to make; no password has it. */
  private static String hashOfNothing(PasswordConfig config) {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            config.memoryKib(),
            config.iterations(),
            config.parallelism(),
            random(SALT_BYTES),
            random(HASH_BYTES));
  }

  private static String random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  private static boolean isBounded(String password) {
    return password.length() <= PasswordConfig.MAXIMUM_LENGTH;
  }

  private <T> T bounded(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, hashers).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static ThreadPoolExecutor hashers(int count) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("password-", 0).daemon().factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
