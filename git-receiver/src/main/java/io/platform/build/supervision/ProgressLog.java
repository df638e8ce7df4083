package io.platform.build.supervision;

import io.platform.buildlog.BuildLog;
import io.platform.buildlog.BuildLogAppender;
import io.platform.buildlog.BuildLogAppender.Source;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.port.BuildLogs;
import io.platform.domain.port.BuilderEvent;
import java.time.Duration;
import java.util.List;

/** Writes the progress of a running build into its log. */
public final class ProgressLog {
  private final BuildLogs logs;

  /** Writes into these logs. */
  public ProgressLog(BuildLogs logs) {
    this.logs = logs;
  }

  /**
   * The builder died with the server and is launched again.
   *
   * @param key names this launch
   */
  void launchedAgain(BuildId id, String key) {
    BuildLogAppender.open(logs, id, Source.RECEIVER).launchedAgain(key);
  }

  /** The runner noticed this of the builder. */
  void noticed(BuildId id, List<BuilderEvent.Noticed> notices) {
    BuildLog log = BuildLogAppender.open(logs, id, Source.RUNNER);
    notices.forEach(notice -> log.noticed(notice.key(), notice.notice()));
  }

  /**
   * Tells, once, that the builder has written nothing for a while.
   *
   * @param limit how long a silence is no news
   * @param left what the build may take from now on
   */
  void silent(Build build, Silence silence, Duration limit, Duration left) {
    long size = size(build.id());
    if (silence.isReportDue(size, limit)) {
      BuildLogAppender.open(logs, build.id(), Source.RECEIVER).silent(size, silence.lasts(), left);
      silence.ownLine(size(build.id()));
    }
  }

  private long size(BuildId id) {
    try {
      return logs.read(id, Long.MAX_VALUE, 1).size();
    } catch (BuildLogs.LogArchived e) {
      throw new IllegalStateException("the log of an unsettled build is an object", e);
    }
  }
}
