package io.platform.persistence;

import io.platform.domain.BuildId;
import io.platform.persistence.database.Transaction;
import java.util.Arrays;

/**
 * Writes the rows of one source of a build's log, within a transaction that holds the build's row.
 * The keys of its rows tell where in its stream they are: the offset of what was sent, the number
 * of the row in that, and how many bytes were sent. Keys of older rows are an offset alone, and
 * what was sent is what is stored.
 */
final class LogRows {
  /**
   * A row ends with the first line that makes it this long, so that a reader need not hold much at
   * once.
   */
  private static final int ROW = 16 * 1024;

  private final Transaction tx;
  private final BuildId build;
  private final String source;
  private final long offset;

  private LogRows(Transaction tx, BuildId build, String source, long offset) {
    this.tx = tx;
    this.build = build;
    this.source = source;
    this.offset = offset;
  }

  static LogRows find(Transaction tx, BuildId build, String writer) {
    String source = "stream/" + writer;
    long offset =
        tx.sql()
            .select(
                "SELECT entry_key, length(text) AS bytes FROM build_log WHERE build_id = ? AND source = ?"
                    + " ORDER BY entry_key DESC LIMIT 1",
                build.value(),
                source)
            .map((row, context) -> next(row.getString("entry_key"), row.getLong("bytes")))
            .findOne()
            .orElse(0L);
    return new LogRows(tx, build, source, offset);
  }

  /** How much of the stream is stored. */
  long offset() {
    return offset;
  }

  private static long next(String key, long stored) {
    String[] parts = key.split("\\+", -1);
    return Long.parseLong(parts[0]) + (parts.length == 3 ? Long.parseLong(parts[2]) : stored);
  }

  /**
   * Writes.
   *
   * @param sent how many bytes of the writer's stream the lines were
   */
  void write(byte[] lines, int sent, long logSize) {
    int start = 0;
    int row = 0;
    while (start < lines.length) {
      int end = endOfRow(lines, start);
      String key = "%019d+%05d+%d".formatted(offset, row++, sent);
      insert(tx, build, logSize + start, source, key, Arrays.copyOfRange(lines, start, end));
      start = end;
    }
    grow(tx, build, lines.length);
  }

  private static int endOfRow(byte[] lines, int start) {
    for (int i = Math.min(start + ROW, lines.length) - 1; i < lines.length; i++) {
      if (lines[i] == '\n') {
        return i + 1;
      }
    }
    return lines.length;
  }

  /** Inserts a row at the log's end, unless the key is there. */
  static boolean insert(
      Transaction tx, BuildId build, long pos, String source, String key, byte[] text) {
    return tx.sql()
            .execute(
                "INSERT INTO build_log (build_id, pos, source, entry_key, text) VALUES (?, ?, ?, ?, ?)"
                    + " ON CONFLICT (build_id, source, entry_key) DO NOTHING",
                build.value(),
                pos,
                source,
                key,
                text)
        == 1;
  }

  static void grow(Transaction tx, BuildId build, int bytes) {
    tx.sql().execute("UPDATE build SET log_size = log_size + ? WHERE id = ?", bytes, build.value());
  }
}
