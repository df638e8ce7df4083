package io.platform.auth.account;

import io.platform.auth.account.ThrottleStore.Count;
import io.platform.auth.account.ThrottleStore.Pair;
import io.platform.commons.digest.Sha256Digests;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Slows down the guessing of passwords. An attempt is counted as failed before it is checked and
 * taken back when it succeeds, so that many at once do not slip through.
 */
final class LoginThrottle {

  private final ThrottleConfig config;
  private final ThrottleStore store;
  private final Clock clock;

  LoginThrottle(ThrottleConfig config, ThrottleStore store, Clock clock) {
    this.config = config;
    this.store = store;
    this.clock = clock;
  }

  /** Counts an attempt; or says how long to wait, and counts nothing. */
  Optional<Duration> begin(String email, String address) {
    Instant now = clock.instant();
    AtomicReference<Optional<Duration>> wait = new AtomicReference<>(Optional.empty());
    store.update(
        accountKey(email),
        addressKey(address),
        now,
        counts -> {
          wait.set(remaining(counts, now));
          return wait.get().isPresent()
              ? counts
              : new Pair(
                  Optional.of(failed(counts.first(), config.perAccount(), now)),
                  Optional.of(failed(counts.second(), config.perAddress(), now)));
        });
    return wait.get();
  }

  /**
   * Takes the attempt back: the account's failures are forgotten, of the address's only this one.
   */
  void succeeded(String email, String address) {
    store.update(
        accountKey(email),
        addressKey(address),
        clock.instant(),
        counts -> new Pair(Optional.empty(), counts.second().flatMap(LoginThrottle::oneLess)));
  }

  private static Optional<Count> oneLess(Count count) {
    return count.failures() <= 1
        ? Optional.empty()
        : Optional.of(new Count(count.failures() - 1, Instant.EPOCH, count.forgetAt()));
  }

  private Optional<Duration> remaining(Pair counts, Instant now) {
    Duration first = remaining(counts.first(), now);
    Duration second = remaining(counts.second(), now);
    Duration longer = first.compareTo(second) > 0 ? first : second;
    return longer.isZero() ? Optional.empty() : Optional.of(longer);
  }

  /** More than the longest wait is left where the clock was set back meanwhile: that is no wait. */
  private Duration remaining(Optional<Count> count, Instant now) {
    Duration left = Duration.between(now, count.map(Count::until).orElse(Instant.EPOCH));
    return left.isNegative() || left.compareTo(config.longestWait()) > 0 ? Duration.ZERO : left;
  }

  private Count failed(Optional<Count> before, int free, Instant now) {
    int failures = before.map(Count::failures).orElse(0) + 1;
    Instant until = now.plus(wait(failures - free - 1));
    return new Count(failures, until, until.plus(config.memory()));
  }

  private Duration wait(int tooMany) {
    if (tooMany < 0) {
      return Duration.ZERO;
    }
    Duration doubled = Duration.ofSeconds(1L << Math.min(tooMany, 30));
    return doubled.compareTo(config.longestWait()) < 0 ? doubled : config.longestWait();
  }

  /** A digest: what people type as their e-mail address may be a password. */
  private static String accountKey(String email) {
    return "account:" + Sha256Digests.hex(EmailAddress.normalise(email));
  }

  /** One IPv6 customer has a whole /64. */
  private static String addressKey(String address) {
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      byte[] network = bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes;
      return "address:" + HexFormat.of().formatHex(network);
    } catch (IllegalArgumentException e) {
      return "address:" + Sha256Digests.hex(address);
    }
  }
}
