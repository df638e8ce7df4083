package io.platform.auth.sql;

import io.platform.auth.account.ThrottleStore;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Failed logins in a table; each write also removes rows that are too old to count. */
final class SqlThrottleStore implements ThrottleStore {

  private final Jdbi jdbi;

  SqlThrottleStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Pair update(String first, String second, Instant now, UnaryOperator<Pair> change) {
    return jdbi.inTransaction(handle -> {
      WriteLock.take(handle);
      handle.execute("delete from login_failure where forget_at <= ?", now.toEpochMilli());
      Pair before = new Pair(count(handle, first), count(handle, second));
      Pair after = change.apply(before);
      keep(handle, first, before.first(), after.first());
      keep(handle, second, before.second(), after.second());
      return after;
    });
  }

  private static Optional<Count> count(Handle handle, String subject) {
    return handle
        .select("select * from login_failure where subject = ?", subject)
        .mapTo(Count.class)
        .findFirst();
  }

  private static void keep(
      Handle handle, String subject, Optional<Count> before, Optional<Count> after) {
    if (before.equals(after)) {
      return;
    }
    handle.execute("delete from login_failure where subject = ?", subject);
    after.ifPresent(count ->
        handle.execute(
            "insert into login_failure (subject, failures, wait_until, forget_at) values (?, ?, ?, ?)",
            subject,
            count.failures(),
            count.until().toEpochMilli(),
            count.forgetAt().toEpochMilli()));
  }
}
