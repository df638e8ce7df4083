package io.platform.auth.account;

import io.platform.auth.account.AccountRefused.Reason;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Creates accounts, each with a customer and a namespace of its own. */
public final class Accounts {

  private final AccountStore store;
  private final Passwords passwords;
  private final Clock clock;

  public Accounts(AccountStore store, Passwords passwords, Clock clock) {
    this.store = store;
    this.passwords = passwords;
    this.clock = clock;
  }

  /**
   * Makes an account.
   *
   * @param namespace the account's own; derived from the e-mail address where it is not given
   */
  public Account create(
      EmailAddress email, String password, Optional<NamespaceName> namespace, boolean admin)
      throws AccountRefused {
    passwords.check(password);
    String hash = passwords.hash(password);
    return store.exclusively(tables -> add(tables, email, hash, namespace, admin));
  }

  /**
   * Makes the first account, an administrator, or nothing if there is any account.
   *
   * @param password asked for only if the account is made, before it is
   */
  public Optional<Account> createFirst(
      EmailAddress email, NamespaceName namespace, Supplier<String> password)
      throws AccountRefused {
    if (!store.read(AccountTables::isEmpty)) {
      return Optional.empty();
    }
    return store.<Optional<Account>, AccountRefused>exclusively(tables -> {
      if (!tables.isEmpty()) {
        return Optional.empty();
      }
      String chosen = password.get();
      passwords.check(chosen);
      return Optional.of(add(tables, email, passwords.hash(chosen), Optional.of(namespace), true));
    });
  }

  public List<Account> all() {
    return store.read(AccountTables::accounts);
  }

  /** Gives an account a new password, and ends all of its tokens. */
  public void resetPassword(EmailAddress email, String password) throws AccountRefused {
    passwords.check(password);
    String hash = passwords.hash(password);
    store.<Boolean, AccountRefused>exclusively(tables -> {
      Account account = existing(tables, email);
      tables.changePassword(account.id(), hash);
      return true;
    });
  }

  private static Account existing(AccountTables tables, EmailAddress email) throws AccountRefused {
    return tables
        .byEmail(email)
        .orElseThrow(() ->
            new AccountRefused(
                Reason.NOT_FOUND,
                "There is no account " + email + "; check the spelling of the address."))
        .account();
  }

  /**
   * Removes another's account: its tokens end and its roles go. Namespaces that it alone owned
   * become the actor's, so that what runs in them stays in somebody's hands. That nobody removes
   * the own account keeps an administrator.
   *
   * @return the namespaces that became the actor's, by name
   */
  public List<NamespaceName> remove(Account actor, EmailAddress email) throws AccountRefused {
    return store.<List<NamespaceName>, AccountRefused>exclusively(tables -> {
      if (tables.byId(actor.id()).filter(Account::admin).isEmpty()) {
        throw new AccountRefused(
            Reason.FORBIDDEN, "Your own account was removed; nothing else was.");
      }
      Account leaving = existing(tables, email);
      if (leaving.id().equals(actor.id())) {
        throw new AccountRefused(
            Reason.CONFLICT,
            "You cannot remove your own account; ask another administrator to do it.");
      }
      List<NamespaceName> alone =
          tables.memberships(leaving.id()).stream()
              .map(Membership::namespace)
              .filter(name -> Namespaces.isLastOwner(tables, name, leaving))
              .toList();
      alone.forEach(name -> tables.setRole(name, actor.id(), NamespaceRole.OWNER));
      tables.remove(leaving.id());
      return alone;
    });
  }

  private Account add(
      AccountTables tables,
      EmailAddress email,
      String hash,
      Optional<NamespaceName> wanted,
      boolean admin)
      throws AccountRefused {
    if (tables.byEmail(email).isPresent()) {
      throw new AccountRefused(
          Reason.TAKEN, "There is an account " + email + " already; use it, or another address.");
    }
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    String customer = UUID.randomUUID().toString();
    tables.addCustomer(customer, now);
    NamespaceName own = ownNamespace(tables, email, wanted, customer);
    Account account =
        new Account(UUID.randomUUID().toString(), email, customer, own, admin, 1, now);
    tables.add(account, hash);
    tables.setRole(own, account.id(), NamespaceRole.OWNER);
    return account;
  }

  private NamespaceName ownNamespace(
      AccountTables tables, EmailAddress email, Optional<NamespaceName> wanted, String customer)
      throws AccountRefused {
    var now = clock.instant();
    if (wanted.isPresent()) {
      if (!tables.addNamespace(wanted.get(), customer, now)) {
        throw Namespaces.taken(wanted.get());
      }
      return wanted.get();
    }
    return NamespaceName.candidates(email)
        .filter(name -> tables.addNamespace(name, customer, now))
        .findFirst()
        .orElseThrow();
  }
}
