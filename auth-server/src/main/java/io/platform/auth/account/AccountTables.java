package io.platform.auth.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The tables of accounts, namespaces and roles, within one transaction. It keeps what it is told;
 * rules live above.
 */
public interface AccountTables {

  /** An account and the hash of its password. */
  record Secured(Account account, String passwordHash) {
    @Override
    public String toString() {
      return "Secured[" + account + "]";
    }
  }

  boolean isEmpty();

  Optional<Secured> byEmail(EmailAddress email);

  Optional<Account> byId(String id);

  /** By e-mail address. */
  List<Account> accounts();

  /** The account whose own the namespace is. */
  Optional<Account> accountOf(NamespaceName namespace);

  /** Removes an account and its roles. Its customer and its namespace stay. */
  void remove(String accountId);

  void addCustomer(String id, Instant at);

  void add(Account account, String passwordHash);

  /**
   * Replaces one hash of a password by another, unless the password was changed meanwhile; tokens
   * stay good.
   */
  void rehash(String accountId, String before, String after);

  /** Sets the password's hash and ends the account's tokens. */
  void changePassword(String accountId, String passwordHash);

  /** The customer of a namespace, also of one that has no member. */
  Optional<String> customer(NamespaceName namespace);

  /** Takes all members' roles. The name stays taken. */
  void removeRoles(NamespaceName namespace);

  /** Returns whether the name was free. */
  boolean addNamespace(NamespaceName name, String customer, Instant at);

  /** By name. */
  List<Membership> memberships(String accountId);

  Optional<Membership> membership(NamespaceName namespace, String accountId);

  /** By e-mail address. */
  List<Member> members(NamespaceName namespace);

  void setRole(NamespaceName namespace, String accountId, NamespaceRole role);

  void removeRole(NamespaceName namespace, String accountId);
}
