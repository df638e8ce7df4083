package io.platform.auth.account;

import io.platform.auth.account.AccountTables.Secured;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Checks who someone is by e-mail address and password. */
public final class Logins {

  /** How an attempt ended. */
  public sealed interface Outcome {}

  public record Accepted(Account account) implements Outcome {}

  /** The password is wrong, or there is no such account: nobody is told which. */
  public record Refused() implements Outcome {}

  /** Too many failed before; this one was not looked at. */
  public record Throttled(Duration remaining) implements Outcome {}

  private final AccountStore store;
  private final Passwords passwords;
  private final LoginThrottle throttle;

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
   * Checks one attempt, unless too many failed before.
   *
   * @param address the client's network address
   */
  public Outcome attempt(String email, String password, String address) {
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
