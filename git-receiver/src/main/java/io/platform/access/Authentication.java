package io.platform.access;

/** The result of checking an Authorization header. */
public sealed interface Authentication {
  /** A good token. */
  record Accepted(Principal principal) implements Authentication {}

  /** No header at all: ask for one (401). */
  record Missing() implements Authentication {}

  /** No good token (401); a sentence that says what to do. */
  record Rejected(String sentence) implements Authentication {}

  /** It cannot be told now (503): a client must keep its token. */
  record Unavailable(String sentence) implements Authentication {}
}
