package io.platform.auth.account;

import io.platform.auth.account.AccountRefused.Reason;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Creates and destroys namespaces and manages their members. For an actor who is not a member, the
 * namespace does not exist.
 */
public final class Namespaces {

  private final AccountStore store;
  private final Clock clock;

  public Namespaces(AccountStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Creates a namespace of the actor's customer, with the actor as its owner. */
  public Membership create(Account actor, NamespaceName name) throws AccountRefused {
    return store.<Membership, AccountRefused>exclusively(tables -> {
      if (!tables.addNamespace(name, actor.customer(), clock.instant())
          && !isWithoutMembers(tables, actor, name)) {
        throw taken(name);
      }
      tables.setRole(name, actor.id(), NamespaceRole.OWNER);
      return new Membership(name, actor.customer(), NamespaceRole.OWNER);
    });
  }

  /**
   * A destroyed namespace can be created again only by the customer who had it, because its apps
   * may still exist.
   */
  private static boolean isWithoutMembers(AccountTables tables, Account actor, NamespaceName name) {
    return tables.customer(name).equals(Optional.of(actor.customer()))
        && tables.members(name).isEmpty();
  }

  /** Removes all members from a namespace. No other customer can use its name afterwards. */
  public void destroy(Account actor, NamespaceName name) throws AccountRefused {
    store.<Boolean, AccountRefused>exclusively(tables -> {
      requireOwner(tables, actor, name, "destroy it");
      Optional<Account> own = tables.accountOf(name);
      if (own.isPresent()) {
        throw new AccountRefused(
            Reason.CONFLICT,
            name
                + " is "
                + own.get().email()
                + "'s own namespace and cannot be destroyed as long as that account exists.");
      }
      tables.removeRoles(name);
      return true;
    });
  }

  public List<Membership> of(Account account) {
    return store.read(tables -> tables.memberships(account.id()));
  }

  public List<Member> members(Account actor, NamespaceName name) throws AccountRefused {
    return store.<List<Member>, AccountRefused>read(tables -> {
      requireOwner(tables, actor, name, "see its members");
      return tables.members(name);
    });
  }

  public Member grant(Account actor, NamespaceName name, EmailAddress email, NamespaceRole role)
      throws AccountRefused {
    return store.<Member, AccountRefused>exclusively(tables -> {
      requireOwner(tables, actor, name, "change its members");
      Account member =
          tables
              .byEmail(email)
              .orElseThrow(() ->
                  new AccountRefused(
                      Reason.NOT_FOUND,
                      "There is no account "
                          + email
                          + "; ask an administrator to make it, then try again."))
              .account();
      if (role != NamespaceRole.OWNER) {
        requireNotItsOwn(name, member);
        requireAnotherOwner(tables, name, member);
      }
      tables.setRole(name, member.id(), role);
      return new Member(email, role);
    });
  }

  /** Removes a member; owners can remove anyone, all others only themselves. */
  public void remove(Account actor, NamespaceName name, EmailAddress email) throws AccountRefused {
    store.<Boolean, AccountRefused>exclusively(tables -> {
      if (!actor.email().equals(email)) {
        requireOwner(tables, actor, name, "change its members");
      }
      Account member =
          tables
              .byEmail(email)
              .map(AccountTables.Secured::account)
              .filter(account -> tables.membership(name, account.id()).isPresent())
              .orElseThrow(() ->
                  actor.email().equals(email)
                      ? unknown(name)
                      : new AccountRefused(
                          Reason.NOT_FOUND, "There is no member " + email + " in " + name + "."));
      requireNotItsOwn(name, member);
      requireAnotherOwner(tables, name, member);
      tables.removeRole(name, member.id());
      return true;
    });
  }

  static AccountRefused taken(NamespaceName name) {
    return new AccountRefused(
        Reason.TAKEN, "The namespace name " + name + " is taken; choose another.");
  }

  private static AccountRefused unknown(NamespaceName name) {
    return new AccountRefused(
        Reason.NOT_FOUND, "There is no namespace " + name + " that you may see.");
  }

  private static void requireOwner(
      AccountTables tables, Account actor, NamespaceName name, String toDo) throws AccountRefused {
    NamespaceRole role =
        tables.membership(name, actor.id()).orElseThrow(() -> unknown(name)).role();
    if (role != NamespaceRole.OWNER) {
      throw new AccountRefused(
          Reason.FORBIDDEN,
          "You are a "
              + role.wire()
              + " of "
              + name
              + " and may not "
              + toDo
              + "; ask one of its owners.");
    }
  }

  private static void requireNotItsOwn(NamespaceName name, Account member) throws AccountRefused {
    if (member.namespace().equals(name)) {
      throw new AccountRefused(
          Reason.CONFLICT,
          name + " is " + member.email() + "'s own namespace, and always has this owner.");
    }
  }

  static boolean isLastOwner(AccountTables tables, NamespaceName name, Account member) {
    return tables
            .membership(name, member.id())
            .filter(it -> it.role() == NamespaceRole.OWNER)
            .isPresent()
        && !hasOtherOwner(tables, name, member);
  }

  private static boolean hasOtherOwner(AccountTables tables, NamespaceName name, Account member) {
    return tables.members(name).stream()
        .anyMatch(
            each -> each.role() == NamespaceRole.OWNER && !each.email().equals(member.email()));
  }

  private static void requireAnotherOwner(AccountTables tables, NamespaceName name, Account member)
      throws AccountRefused {
    if (!hasOtherOwner(tables, name, member)) {
      throw new AccountRefused(
          Reason.CONFLICT,
          member.email() + " is the last owner of " + name + "; make someone else an owner first.");
    }
  }
}
