package io.platform.slug;

import io.platform.commons.console.TerminalText;
import java.util.Optional;

/**
 * A reason why a runner could not fetch its slug so far, as it reports to the platform by HTTP.
 * Details are others' own words: one line of at most {@link #DETAIL_LENGTH} characters, without a
 * full stop.
 */
public sealed interface SlugProblem {
  int DETAIL_LENGTH = 500;

  /** The platform did not say where the slug is. */
  record PlatformAnswered(int status, String detail) implements SlugProblem {
    /** Makes one short line of the detail. */
    public PlatformAnswered {
      detail = SlugProblem.line(detail);
    }
  }

  /** The object store did not send the slug. */
  record StoreAnswered(int status) implements SlugProblem {}

  /**
   * The transfer failed.
   *
   * @param detail as the system says it, where it does
   */
  record TransferFailed(Optional<String> detail) implements SlugProblem {
    /** Makes one short line of the detail. */
    public TransferFailed {
      detail = detail.map(SlugProblem::line);
    }
  }

  /** What came is not what was built. */
  record Damaged(String detail) implements SlugProblem {
    /** Makes one short line of the detail. */
    public Damaged {
      detail = SlugProblem.line(detail);
    }
  }

  /** A runner of an earlier version sent nothing but the text. */
  record Described(String text) implements SlugProblem {
    /** Makes one short line of the text. */
    public Described {
      text = SlugProblem.line(text);
    }
  }

  private static String line(String text) {
    String line = TerminalText.inline(text);
    return line.substring(0, Math.min(line.length(), DETAIL_LENGTH));
  }
}
