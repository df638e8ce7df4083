package io.platform.auth.sql;

import io.platform.auth.token.RevocationStore;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/** The ids of revoked tokens in a table; each write also removes those that have expired. */
final class SqlRevocationStore implements RevocationStore {

  private final Jdbi jdbi;

  SqlRevocationStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public void revoke(String id, Instant expiresAt, Instant now) {
    jdbi.useTransaction(handle -> {
      WriteLock.take(handle);
      handle.execute("delete from revoked_token where expires_at <= ?", now.toEpochMilli());
      handle.execute(
          "insert into revoked_token (jti, expires_at) values (?, ?) on conflict do nothing",
          id,
          expiresAt.toEpochMilli());
    });
  }

  @Override
  public boolean isRevoked(String id) {
    return jdbi.withHandle(handle ->
        handle
            .select("select jti from revoked_token where jti = ?", id)
            .mapTo(String.class)
            .findFirst()
            .isPresent());
  }
}
