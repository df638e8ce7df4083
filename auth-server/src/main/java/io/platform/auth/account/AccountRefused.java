package io.platform.auth.account;

/**
 * A request to change an account or a namespace is refused. The message is for the person who
 * asked: what was tried, why it failed, what to do next.
 */
public final class AccountRefused extends Exception {

  /** The reasons of refusals, for programs. */
  public enum Reason {
    /** What was given breaks a rule of its own (a name, a password). */
    INVALID,
    /** It exists already. */
    TAKEN,
    /** It does not exist, or is not for the asker to see. */
    NOT_FOUND,
    /** The asker may see it, not do this to it. */
    FORBIDDEN,
    /** It would break something that always holds. */
    CONFLICT
  }

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public AccountRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
