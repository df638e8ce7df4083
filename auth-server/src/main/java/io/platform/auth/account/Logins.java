package io.platform.auth.account;

import io.platform.auth.account.AccountTables.Secured;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Checks who someone is by e-mail address and password. */
public final class Logins {

  /** The outcome of an attempt to log in. */
  public sealed interface Outcome {}

  public record Accepted(Account account) implements Outcome {}

  /** The password is wrong, or there is no such account: nobody is told which. */
  public record Refused() implements Outcome {}

  /** Too many failed before; this one was not looked at. */
  public record Throttled(Duration remaining) implements Outcome {}

  private static final int TURNS = 256;

  private final AccountStore store;
  private final Passwords passwords;
  private final LoginThrottle throttle;
  private final List<ReentrantLock> turns =
      Stream.generate(ReentrantLock::new).limit(TURNS).toList();

  public Logins(
      AccountStore store,
      ThrottleStore failures,
      Passwords passwords,
      ThrottleConfig throttle,
      Clock clock) {
    this.store = store;
    this.passwords = passwords;
    this.throttle = new LoginThrottle(throttle, failures, clock);
  }

  /**
   * Checks one attempt, unless too many failed before. Those for one account take turns: an attempt
   * counts as failed until it is checked, and many good ones at once must not look like guesses.
   *
   * @param address the client's network address
   */
  public Outcome attempt(String email, String password, String address) {
    ReentrantLock turn = turns.get(Math.floorMod(EmailAddress.normalise(email).hashCode(), TURNS));
    turn.lock();
    try {
      return checked(email, password, address);
    } finally {
      turn.unlock();
    }
  }

  private Outcome checked(String email, String password, String address) {
    Optional<Duration> wait = throttle.begin(email, address);
    if (wait.isPresent()) {
      return new Throttled(wait.get());
    }
    Optional<Secured> known = find(email);
    if (known.isEmpty()) {
      passwords.matchNobody(password);
      return new Refused();
    }
    if (!passwords.matches(password, known.get().passwordHash())) {
      return new Refused();
    }
    throttle.succeeded(email, address);
    keepCostOfToday(known.get(), password);
    return new Accepted(known.get().account());
  }

  private Optional<Secured> find(String email) {
    return store.read(tables -> tables.byEmail(new EmailAddress(EmailAddress.normalise(email))));
  }

  private void keepCostOfToday(Secured known, String password) {
    if (passwords.isOutdated(known.passwordHash())) {
      String hash = passwords.hash(password);
      store.exclusively(tables -> {
        tables.rehash(known.account().id(), known.passwordHash(), hash);
        return true;
      });
    }
  }
}
