package io.platform.auth.sql;

import io.platform.auth.account.AccountStore;
import org.jdbi.v3.core.Jdbi;

/** Accounts, namespaces and roles in tables. */
final class SqlAccountStore implements AccountStore {

  private final Jdbi jdbi;

  SqlAccountStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public <T, X extends Exception> T read(Work<T, X> look) throws X {
    return jdbi.<T, X>withHandle(handle -> look.in(new SqlAccountTables(handle)));
  }

  @Override
  public <T, X extends Exception> T exclusively(Work<T, X> work) throws X {
    return jdbi.<T, X>inTransaction(handle -> {
      WriteLock.take(handle);
      return work.in(new SqlAccountTables(handle));
    });
  }
}
