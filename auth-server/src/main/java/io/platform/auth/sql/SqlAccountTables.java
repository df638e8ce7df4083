package io.platform.auth.sql;

import io.platform.auth.account.Account;
import io.platform.auth.account.AccountTables;
import io.platform.auth.account.EmailAddress;
import io.platform.auth.account.Member;
import io.platform.auth.account.Membership;
import io.platform.auth.account.NamespaceName;
import io.platform.auth.account.NamespaceRole;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements on accounts, namespaces and roles. */
final class SqlAccountTables implements AccountTables {

  private static final String MEMBERSHIPS =
      "select n.name, n.customer, m.role from membership m join namespace n on n.name = m.namespace where m.account = ?";

  private final Handle handle;

  SqlAccountTables(Handle handle) {
    this.handle = handle;
  }

  @Override
  public boolean isEmpty() {
    return handle
        .createQuery("select id from account limit 1")
        .mapTo(String.class)
        .findFirst()
        .isEmpty();
  }

  @Override
  public Optional<Secured> byEmail(EmailAddress email) {
    return handle
        .select("select * from account where email = ?", email.value())
        .mapTo(Secured.class)
        .findFirst();
  }

  @Override
  public Optional<Account> byId(String id) {
    return handle.select("select * from account where id = ?", id).mapTo(Account.class).findFirst();
  }

  @Override
  public List<Account> accounts() {
    return handle.select("select * from account order by email").mapTo(Account.class).list();
  }

  @Override
  public Optional<Account> accountOf(NamespaceName namespace) {
    return handle
        .select("select * from account where namespace = ?", namespace.value())
        .mapTo(Account.class)
        .findFirst();
  }

  @Override
  public void remove(String accountId) {
    handle.execute("delete from membership where account = ?", accountId);
    handle.execute("delete from account where id = ?", accountId);
  }

  @Override
  public void addCustomer(String id, Instant at) {
    handle.execute("insert into customer (id, created_at) values (?, ?)", id, at.toEpochMilli());
  }

  @Override
  public void add(Account account, String passwordHash) {
    handle.execute(
        """
        insert into account (id, email, customer, namespace, password_hash, admin, generation, created_at)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        account.id(),
        account.email().value(),
        account.customer(),
        account.namespace().value(),
        passwordHash,
        account.admin(),
        account.generation(),
        account.createdAt().toEpochMilli());
  }

  @Override
  public void rehash(String accountId, String before, String after) {
    handle.execute(
        "update account set password_hash = ? where id = ? and password_hash = ?",
        after,
        accountId,
        before);
  }

  @Override
  public void changePassword(String accountId, String passwordHash) {
    handle.execute(
        "update account set password_hash = ?, generation = generation + 1 where id = ?",
        passwordHash,
        accountId);
  }

  @Override
  public Optional<String> customer(NamespaceName namespace) {
    return handle
        .select("select customer from namespace where name = ?", namespace.value())
        .mapTo(String.class)
        .findFirst();
  }

  @Override
  public void removeRoles(NamespaceName namespace) {
    handle.execute("delete from membership where namespace = ?", namespace.value());
  }

  @Override
  public boolean addNamespace(NamespaceName name, String customer, Instant at) {
    return handle.execute(
            "insert into namespace (name, customer, created_at) values (?, ?, ?) on conflict do nothing",
            name.value(),
            customer,
            at.toEpochMilli())
        == 1;
  }

  @Override
  public List<Membership> memberships(String accountId) {
    return handle
        .select(MEMBERSHIPS + " order by n.name", accountId)
        .mapTo(Membership.class)
        .list();
  }

  @Override
  public Optional<Membership> membership(NamespaceName namespace, String accountId) {
    return handle
        .select(MEMBERSHIPS + " and n.name = ?", accountId, namespace.value())
        .mapTo(Membership.class)
        .findFirst();
  }

  @Override
  public List<Member> members(NamespaceName namespace) {
    return handle
        .select(
            "select a.email, m.role from membership m join account a on a.id = m.account where m.namespace = ?"
                + " order by a.email",
            namespace.value())
        .mapTo(Member.class)
        .list();
  }

  @Override
  public void setRole(NamespaceName namespace, String accountId, NamespaceRole role) {
    handle.execute(
        """
        insert into membership (namespace, account, role) values (?, ?, ?)
        on conflict (namespace, account) do update set role = excluded.role
        """,
        namespace.value(),
        accountId,
        role.wire());
  }

  @Override
  public void removeRole(NamespaceName namespace, String accountId) {
    handle.execute(
        "delete from membership where namespace = ? and account = ?", namespace.value(), accountId);
  }
}
