package io.platform.access;

import java.util.List;
import java.util.Optional;

/**
 * A user whose token is good.
 *
 * @param subject the account's id
 * @param namespace the user's own
 */
public record Principal(
    String subject, String email, String namespace, List<Membership> memberships) {
  /** Copies the memberships. */
  public Principal {
    memberships = List.copyOf(memberships);
  }

  /** The user's membership in a namespace. */
  public Optional<Membership> in(String name) {
    return memberships.stream().filter(m -> m.namespace().equals(name)).findFirst();
  }

  /**
   * A role in a namespace.
   *
   * @param customer the tenant that owns the namespace
   */
  public record Membership(String namespace, String customer, Role role) {}
}
