package io.platform.domain.port;

import io.platform.domain.Build;
import io.platform.domain.BuildId;

/**
 * The logs of builds: bytes of UTF-8 text in whole lines, as users see them. An offset counts the
 * bytes of the whole log. Each append raises {@link Topic.BuildChanged}.
 */
public interface BuildLogs {
  /**
   * Appends what a writer with a stream of its own sends, once.
   *
   * @param source the writer: a builder that is launched again is another one
   * @param offset how many bytes of the writer's own stream came before these
   * @param sent how many bytes of the writer's stream these are
   * @param lines what the log takes of them: whole lines in UTF-8, each with a line feed
   * @return the writer's next offset
   * @throws WrongOffset where the writer's stream is not at that offset
   * @throws LogClosed where the build's log is closed
   */
  long appendAt(BuildId build, String source, long offset, int sent, byte[] lines)
      throws WrongOffset, LogClosed;

  /** Appends lines as they were sent. */
  default long appendAt(BuildId build, String source, long offset, byte[] lines)
      throws WrongOffset, LogClosed {
    return appendAt(build, source, offset, lines.length, lines);
  }

  /**
   * Appends a line, once for each source and key; a closed log stays as it is.
   *
   * @param line with its indentation, without the line feed
   */
  void append(BuildId build, String source, String key, String line);

  /**
   * Reads whole rows from an offset on, about as many bytes as asked for (at least one row where
   * there is one).
   *
   * @throws LogArchived where these rows are an object by now, see {@link Build#archivedLog}, or
   *     were removed, see {@link Build#removedAt}
   */
  Chunk read(BuildId build, long from, int maxBytes) throws LogArchived;

  /**
   * The log is an object now: its key goes into the build's row, the log's rows go. Needs a closed
   * log; one that was removed meanwhile stays removed.
   */
  void archived(BuildId build, String key);

  /**
   * A piece of the log.
   *
   * @param next the offset after it
   * @param closed whether nothing can come after what the log has now
   * @param size the log's size when it was read
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Chunk(byte[] text, long next, boolean closed, long size) {
    /** Whether it is the end of a closed log. */
    public boolean last() {
      return closed && next >= size;
    }
  }

  /** The writer is elsewhere in its stream. */
  final class WrongOffset extends Exception {
    private static final long serialVersionUID = 1L;
    private final long right;

    /** Tells the right one. */
    public WrongOffset(long right) {
      super("the next offset is " + right);
      this.right = right;
    }

    /** How many bytes of the writer's stream are stored. */
    public long right() {
      return right;
    }
  }

  /** Nothing can be appended any more. */
  final class LogClosed extends Exception {
    private static final long serialVersionUID = 1L;

    /** For this build. */
    public LogClosed(BuildId build) {
      super("the log of build %s is closed".formatted(build));
    }
  }

  /** The rows are gone, the object has it all. */
  final class LogArchived extends Exception {
    private static final long serialVersionUID = 1L;

    /** For this build. */
    public LogArchived(BuildId build) {
      super("the log of build %s is archived".formatted(build));
    }
  }
}
