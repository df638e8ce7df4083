package io.platform.auth.token;

import io.platform.auth.account.Account;
import io.platform.auth.account.AccountStore;
import io.platform.auth.account.Membership;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Issues, checks and revokes tokens. */
public final class Tokens {

  /** The audience of every token: this platform's servers. */
  public static final String AUDIENCE = "platform";

  /**
   * A token as it was issued.
   *
   * @param text the token itself
   */
  public record Issued(String text, TokenClaims claims) {
    @Override
    public String toString() {
      return "Issued[" + claims + "]";
    }
  }

  /** A token that is good, and whom it speaks for, as the account is now. */
  public record Live(TokenClaims claims, TokenSubject.User user, List<Membership> memberships) {}

  private final TokenFormat format;
  private final RevocationStore revocations;
  private final AccountStore accounts;
  private final TokenConfig config;
  private final Clock clock;

  public Tokens(
      SigningKeys keys,
      RevocationStore revocations,
      AccountStore accounts,
      TokenConfig config,
      Clock clock) {
    this.format = new TokenFormat(keys);
    this.revocations = revocations;
    this.accounts = accounts;
    this.config = config;
    this.clock = clock;
  }

  public Issued issue(String issuer, TokenSubject.User user, String client, String scope) {
    Account account = user.account();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    TokenClaims claims =
        new TokenClaims(
            issuer,
            account.id(),
            AUDIENCE,
            account.customer(),
            scope,
            client,
            account.generation(),
            UUID.randomUUID().toString(),
            now,
            now.plus(config.lifetime()));
    return new Issued(format.sign(claims), claims);
  }

  /** The token if it is ours, has begun, has not ended, and its account has not ended it. */
  public Optional<Live> live(String issuer, String text) {
    return verified(issuer, text)
        .filter(claims -> !revocations.isRevoked(claims.id()))
        .flatMap(this::withAccount);
  }

  /** The claims of a token of ours that has not expired; it may be revoked. */
  public Optional<TokenClaims> verified(String issuer, String text) {
    Instant now = clock.instant();
    return format
        .verify(text)
        .filter(claims -> claims.issuer().equals(issuer) && claims.audience().equals(AUDIENCE))
        .filter(claims ->
            !claims.issuedAt().isAfter(now.plusSeconds(60)) && claims.expiresAt().isAfter(now));
  }

  /** Ends a token for good. */
  public void revoke(TokenClaims claims) {
    revocations.revoke(claims.id(), claims.expiresAt(), clock.instant());
  }

  private Optional<Live> withAccount(TokenClaims claims) {
    return accounts.read(tables ->
        tables
            .byId(claims.subject())
            .filter(account -> account.generation() == claims.generation())
            .map(account ->
                new Live(
                    claims, new TokenSubject.User(account), tables.memberships(account.id()))));
  }
}
