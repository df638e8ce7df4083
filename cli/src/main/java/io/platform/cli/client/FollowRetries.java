package io.platform.cli.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides how a log is followed on after its connection was lost: after a pause, or not at all. The
 * first loss is told; then there is silence until something came again.
 */
final class FollowRetries {
  /**
   * The pauses before a lost connection is tried again, and when it is given up.
   *
   * @param silence how long nothing may come before the connection counts as lost
   * @param firstPause doubled after each attempt, up to the longest
   * @param total how long attempts may fail
   */
  record Limits(Duration silence, Duration firstPause, Duration longestPause, Duration total) {}

  /** Reading failed; writing has other reasons to. */
  static final class ConnectionCut extends IOException {
    ConnectionCut(IOException cause) {
      super(cause);
    }

    /** Where a log is not followed. */
    ClientException inTheMiddle() {
      return new ClientException.Unreachable(
          "The connection broke in the middle of the log. Try again.");
    }
  }

  private final Limits limits;
  private final Consumer<String> lost;
  private Optional<Long> lostAt = Optional.empty();
  private Duration pause;

  /**
   * Nothing is lost yet.
   *
   * @param lost told why the connection was lost
   */
  FollowRetries(Limits limits, Consumer<String> lost) {
    this.limits = limits;
    this.lost = lost;
    this.pause = limits.firstPause();
  }

  /** Something of the log came. */
  void progressed() {
    lostAt = Optional.empty();
    pause = limits.firstPause();
  }

  /**
   * The connection could not be made again.
   *
   * @throws ClientException the same where another attempt would not help, or enough were made
   */
  void failed(ClientException failure) throws ClientException {
    boolean over =
        lostAt.filter(since -> System.nanoTime() - since > limits.total().toNanos()).isPresent();
    if (over || !isPassing(failure)) {
      throw failure;
    }
    lost(failure.getMessage());
  }

  /** The connection was lost. */
  void lost(String why) {
    if (lostAt.isEmpty()) {
      lostAt = Optional.of(System.nanoTime());
      lost.accept(why);
    }
  }

  private static boolean isPassing(ClientException failure) {
    return switch (failure) {
      case ClientException.Unreachable _, ClientException.ProxyFailed _ -> true;
      case ClientException.Refused refused -> refused.status() >= 500 || refused.status() == 429;
      default -> false;
    };
  }

  /** Waits before the next attempt. */
  void pause() throws ClientException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ClientException.Unreachable("Interrupted while following the log.");
    }
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(limits.longestPause()) > 0 ? limits.longestPause() : longer;
  }
}
