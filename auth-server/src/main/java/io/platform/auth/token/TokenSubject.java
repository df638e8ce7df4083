package io.platform.auth.token;

import io.platform.auth.account.Account;

/** The subject of a token: the caller of the auth server, or whom a token speaks for. */
public sealed interface TokenSubject {

  /** The {@code sub} of its tokens, and its name in the log. */
  String subject();

  /** A person, by an account. */
  record User(Account account) implements TokenSubject {
    @Override
    public String subject() {
      return account.id();
    }
  }

  /**
   * A program that acts for itself, by the secret of its OAuth client.
   *
   * @param client the client's id
   */
  record Robot(String client) implements TokenSubject {
    @Override
    public String subject() {
      return client;
    }
  }
}
