package io.platform.auth.account;

import java.time.Instant;

/**
 * A person (later: a robot) that can log in.
 *
 * @param id the {@code sub} of the account's tokens; never changes, never given again
 * @param customer the tenant that the account's own namespaces belong to
 * @param namespace the account's own
 * @param admin whether it may make accounts
 * @param generation counted up to end every token issued before, as a new password does
 */
public record Account(
    String id,
    EmailAddress email,
    String customer,
    NamespaceName namespace,
    boolean admin,
    int generation,
    Instant createdAt) {}
