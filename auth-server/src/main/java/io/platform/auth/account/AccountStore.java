package io.platform.auth.account;

/** The store of accounts, namespaces and roles. */
public interface AccountStore {

  /** Looks, without holding up writers. */
  <T, X extends Exception> T read(Work<T, X> look) throws X;

  /** Works in one transaction while no other writer does; what the work throws undoes it. */
  <T, X extends Exception> T exclusively(Work<T, X> work) throws X;

  /** Work that may end by an exception of its own. */
  @FunctionalInterface
  interface Work<T, X extends Exception> {
    T in(AccountTables tables) throws X;
  }
}
