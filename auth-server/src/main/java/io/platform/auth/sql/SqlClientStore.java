package io.platform.auth.sql;

import io.platform.auth.token.ClientStore;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Confidential clients in a table. */
final class SqlClientStore implements ClientStore {

  private final Jdbi jdbi;

  SqlClientStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public void put(String id, String secretHash) {
    jdbi.useHandle(handle ->
        handle.execute(
            """
            insert into oauth_client (id, secret_sha256) values (?, ?)
            on conflict (id) do update set secret_sha256 = excluded.secret_sha256
            """,
            id,
            secretHash));
  }

  @Override
  public Optional<String> secretHash(String id) {
    return jdbi.withHandle(handle ->
        handle
            .select("select secret_sha256 from oauth_client where id = ?", id)
            .mapTo(String.class)
            .findFirst());
  }
}
