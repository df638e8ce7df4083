package io.platform.auth.sql;

import io.platform.auth.token.KeyStore;
import io.platform.auth.token.SigningKey;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Signing keys in a table, as JWKs with their private parts. */
final class SqlKeyStore implements KeyStore {

  private final Jdbi jdbi;

  SqlKeyStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<SigningKey> keys() {
    return jdbi.withHandle(SqlKeyStore::keys);
  }

  @Override
  public void change(Function<List<SigningKey>, Change> change) {
    jdbi.useTransaction(handle -> {
      WriteLock.take(handle);
      Change made = change.apply(keys(handle));
      made.put().forEach(key -> put(handle, key));
      handle.execute(
          "delete from signing_key where verifies_until < ?",
          made.removeEndedBefore().toEpochMilli());
    });
  }

  private static List<SigningKey> keys(Handle handle) {
    return handle
        .select("select * from signing_key order by verifies_until desc, created_at desc")
        .mapTo(SigningKey.class)
        .list();
  }

  private static void put(Handle handle, SigningKey key) {
    handle.execute(
        """
        insert into signing_key (kid, private_jwk, created_at, verifies_until) values (?, ?, ?, ?)
        on conflict (kid) do update set verifies_until = excluded.verifies_until
        """,
        key.kid(),
        key.key().toJSONString(),
        key.createdAt().toEpochMilli(),
        key.verifiesUntil().toEpochMilli());
  }
}
