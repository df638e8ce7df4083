package io.platform.access;

import java.util.List;
import java.util.Optional;

/** The user of a request with a good token. */
public sealed interface Principal {
  /** The token's {@code sub}; never changes and is never given again. */
  String subject();

  /** How logs, builds and releases name who did it. */
  String name();

  /** The namespace for what names none. */
  Optional<String> ownNamespace();

  /** The roles, each in one namespace. */
  List<Membership> memberships();

  /** The role in a namespace. */
  default Optional<Membership> in(String namespace) {
    return memberships().stream().filter(m -> m.namespace().equals(namespace)).findFirst();
  }

  /**
   * A person.
   *
   * @param subject the account's id
   * @param namespace the user's own
   */
  record User(String subject, String email, String namespace, List<Membership> memberships)
      implements Principal {
    /** Copies the memberships. */
    public User {
      memberships = List.copyOf(memberships);
    }

    @Override
    public String name() {
      return email;
    }

    @Override
    public Optional<String> ownNamespace() {
      return Optional.of(namespace);
    }
  }

  /**
   * A program that acts for itself: its token's subject is its OAuth client (RFC 9068, 2.2).
   *
   * @param subject the client's id
   */
  record Robot(String subject, List<Membership> memberships) implements Principal {
    /** Copies the memberships. */
    public Robot {
      memberships = List.copyOf(memberships);
    }

    @Override
    public String name() {
      return subject;
    }

    @Override
    public Optional<String> ownNamespace() {
      return Optional.empty();
    }
  }

  /**
   * A role in a namespace.
   *
   * @param customer the tenant that owns the namespace
   */
  record Membership(String namespace, String customer, Role role) {}
}
