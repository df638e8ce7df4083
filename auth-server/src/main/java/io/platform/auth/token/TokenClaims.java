package io.platform.auth.token;

import java.time.Instant;

/**
 * The claims of a token, after its signature was checked.
 *
 * @param subject the account's id
 * @param client the OAuth client that it was issued to
 * @param generation of the account when it was issued
 * @param id {@code jti}
 */
public record TokenClaims(
    String issuer,
    String subject,
    String audience,
    String customer,
    String scope,
    String client,
    int generation,
    String id,
    Instant issuedAt,
    Instant expiresAt) {}
