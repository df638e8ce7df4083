package io.platform.service;

import java.util.List;

/** A request was refused; the message tells the user why. */
public final class RequestRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final transient List<String> errors;

  /** The kinds of refusals. */
  public enum Reason {
    /** What is wanted breaks a rule; {@link #errors} has each one that is broken. */
    INVALID,
    /** There is no such thing, or the user may not know of it. */
    NOT_FOUND,
    /** The user sees it, but the role does not suffice. */
    FORBIDDEN,
    /** The thing is not in a state for it. */
    CONFLICT,
    /** Retention removed it. */
    REMOVED,
    /** The platform has lost it. */
    LOST,
    /** The user does as much at the same time as one may. */
    TOO_MANY,
    /** A part of the platform cannot be reached; later it may work. */
    UNAVAILABLE
  }

  private RequestRefused(Reason reason, String sentence, List<String> errors) {
    super(sentence, null, false, false);
    this.reason = reason;
    this.errors = List.copyOf(errors);
  }

  RequestRefused(Reason reason, String sentence) {
    this(reason, sentence, List.of());
  }

  static RequestRefused notFound(String sentence) {
    return new RequestRefused(Reason.NOT_FOUND, sentence);
  }

  static RequestRefused invalid(String sentence) {
    return new RequestRefused(Reason.INVALID, sentence, List.of(sentence));
  }

  /** Refuses the request with all that is wrong with it, unless the list is empty. */
  static void unlessEmpty(List<String> errors) {
    if (!errors.isEmpty()) {
      throw new RequestRefused(Reason.INVALID, String.join(" ", errors), errors);
    }
  }

  /** Why, in general. */
  public Reason reason() {
    return reason;
  }

  /** What was tried, why it failed, what to do next. */
  public String sentence() {
    return String.valueOf(getMessage());
  }

  /** A sentence for each rule that the request breaks; empty unless it is invalid. */
  public List<String> errors() {
    return errors;
  }
}
