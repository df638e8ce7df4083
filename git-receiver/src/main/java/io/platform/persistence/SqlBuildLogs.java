package io.platform.persistence;

import io.platform.domain.BuildId;
import io.platform.domain.port.BuildLogs;
import io.platform.persistence.database.Transaction;
import io.platform.persistence.database.TransactionRunner;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqlBuildLogs implements BuildLogs {
  private static final int ROWS_AT_ONCE = 1000;

  private final TransactionRunner database;

  SqlBuildLogs(TransactionRunner database) {
    this.database = database;
  }

  @Override
  public long appendAt(BuildId build, String source, long offset, int sent, byte[] lines)
      throws WrongOffset, LogClosed {
    Answer answer =
        database.append(tx -> {
          Optional<State> state = lock(tx, build);
          if (state.isEmpty() || state.get().closed()) {
            return Answer.CLOSED;
          }
          LogRows writer = LogRows.find(tx, build, source);
          if (writer.offset() == offset && lines.length > 0) {
            writer.write(lines, sent, state.get().size());
            tx.changed(build);
          }
          return new Answer(true, writer.offset());
        });
    if (!answer.open()) {
      throw new LogClosed(build);
    }
    if (answer.writersOffset() != offset) {
      throw new WrongOffset(answer.writersOffset());
    }
    return offset + sent;
  }

  /** The result of an append: whether the log is open, and where the writer's stream was. */
  private record Answer(boolean open, long writersOffset) {
    static final Answer CLOSED = new Answer(false, 0);
  }

  @Override
  public void append(BuildId build, String source, String key, String line) {
    byte[] text = (line + "\n").getBytes(StandardCharsets.UTF_8);
    database.append(tx -> {
      Optional<State> state = lock(tx, build);
      if (state.isPresent()
          && !state.get().closed()
          && LogRows.insert(tx, build, state.get().size(), source, key, text)) {
        LogRows.grow(tx, build, text.length);
        tx.changed(build);
      }
      return build;
    });
  }

  @Override
  public Chunk read(BuildId build, long from, int maxBytes) throws LogArchived {
    Optional<Chunk> chunk =
        database.read(sql -> {
          Optional<State> found = state(sql, build);
          if (found.isEmpty()) {
            return Optional.of(new Chunk(new byte[0], from, true, from));
          }
          State state = found.get();
          return state.archived()
              ? Optional.empty()
              : Optional.of(chunk(sql, build, state, from, maxBytes));
        });
    return chunk.orElseThrow(() -> new LogArchived(build));
  }

  private static Chunk chunk(Handle sql, BuildId build, State state, long from, int maxBytes) {
    if (from >= state.size()) {
      return new Chunk(new byte[0], from, state.closed(), state.size());
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream(Math.min(maxBytes, 64 * 1024));
    try (var rows =
        sql.select(
                "SELECT pos, text FROM build_log WHERE build_id = ?"
                    + " AND pos >= (SELECT max(pos) FROM build_log WHERE build_id = ? AND pos <= ?) ORDER BY pos LIMIT ?",
                build.value(),
                build.value(),
                from,
                ROWS_AT_ONCE)
            .map((row, context) -> new Piece(row.getLong("pos"), row.getBytes("text")))
            .iterator()) {
      while (rows.hasNext() && text.size() < maxBytes) {
        Piece piece = rows.next();
        int skipped = (int) Math.max(0, from - piece.pos());
        text.write(piece.text(), skipped, piece.text().length - skipped);
      }
    }
    return new Chunk(text.toByteArray(), from + text.size(), state.closed(), state.size());
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Piece(long pos, byte[] text) {}

  @Override
  public void archived(BuildId build, String key) {
    database.write(tx -> {
      tx.lock(build);
      int archived =
          tx.sql()
              .execute(
                  "UPDATE build SET sealed_log = ? WHERE id = ? AND settled_at IS NOT NULL AND sealed_log IS NULL AND removed_at IS NULL",
                  key,
                  build.value());
      if (archived == 1) {
        tx.sql().execute("DELETE FROM build_log WHERE build_id = ?", build.value());
        tx.changed(build);
      }
      return archived;
    });
  }

  private static Optional<State> lock(Transaction tx, BuildId build) {
    tx.lock(build);
    return state(tx.sql(), build);
  }

  private static Optional<State> state(Handle sql, BuildId build) {
    return sql.select(
            "SELECT log_size, settled_at, sealed_log, removed_at FROM build WHERE id = ?",
            build.value())
        .map((row, context) -> State.of(row))
        .findOne();
  }

  private record State(long size, boolean closed, boolean archived) {
    static State of(ResultSet row) throws SQLException {
      return new State(
          row.getLong("log_size"),
          Columns.optionalInstant(row, "settled_at").isPresent(),
          row.getString("sealed_log") != null
              || Columns.optionalInstant(row, "removed_at").isPresent());
    }
  }
}
