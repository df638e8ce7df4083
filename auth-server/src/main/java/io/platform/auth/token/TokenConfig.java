package io.platform.auth.token;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The lifetimes of tokens, and of the keys that sign them.
 *
 * @param lifetime of a login token, from its issue
 * @param keyAge after which the next token is signed with a new key; the old one verifies until its
 *     last token expired
 */
public record TokenConfig(Duration lifetime, Duration keyAge) {

  public TokenConfig {
    requireNonNull(lifetime, "lifetime is null");
    requireNonNull(keyAge, "keyAge is null");
    if (lifetime.compareTo(Duration.ofSeconds(1)) < 0
        || lifetime.compareTo(Duration.ofDays(3650)) > 0) {
      throw new IllegalArgumentException("the lifetime is not between a second and ten years");
    }
    if (keyAge.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("the key's age is less than a minute");
    }
  }

  public static TokenConfig defaults() {
    return new TokenConfig(Duration.ofDays(30), Duration.ofDays(90));
  }
}
