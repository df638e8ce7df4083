package io.platform.access;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Nimbus' check of a token's claims, by a given clock; a claim that is null counts as missing. */
final class ClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {
  private final InstantSource clock;

  /**
   * Checks claims.
   *
   * @param audience one that the token must be for; null where it need not be for any
   * @param exact claims that must be there with these values
   * @param required claims that must be there
   * @param skew by which the clock of the token's issuer may differ
   */
  ClaimsVerifier(
      @Nullable String audience,
      JWTClaimsSet exact,
      Set<String> required,
      Duration skew,
      InstantSource clock) {
    super(audience, exact, required);
    setMaxClockSkew(Math.toIntExact(skew.toSeconds()));
    this.clock = clock;
  }

  @Override
  public void verify(JWTClaimsSet claims, @Nullable SecurityContext context)
      throws BadJWTException {
    for (String name : getRequiredClaims()) {
      if (claims.getClaim(name) == null) {
        throw new BadJWTException("no " + name);
      }
    }
    super.verify(claims, context);
  }

  @Override
  protected Date currentTime() {
    return Date.from(clock.instant());
  }
}
