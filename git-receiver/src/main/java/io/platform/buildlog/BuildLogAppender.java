package io.platform.buildlog;

import io.platform.domain.BuildId;
import io.platform.domain.port.BuildLogs;
import java.util.List;
import java.util.Locale;

/** Appends lines to a build's log; its followers pass them on. */
public final class BuildLogAppender implements LogLines {
  private final BuildLogs logs;
  private final BuildId build;
  private final Source source;

  /** The sources of events; the same key of another source is another event. */
  public enum Source {
    /** What receives pushes and supervises builds. */
    RECEIVER,
    /** The runner of builders. */
    RUNNER,
    /** What rolls releases out. */
    DEPLOYER,
    /** What takes the lines of builders. */
    API;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Appends to the log of a build. */
  public BuildLogAppender(BuildLogs logs, BuildId build, Source source) {
    this.logs = logs;
    this.build = build;
    this.source = source;
  }

  /** The log of a build, as its users read it. */
  public static BuildLog open(BuildLogs logs, BuildId build, Source source) {
    return new BuildLogMessages(build, new BuildLogAppender(logs, build, source));
  }

  @Override
  public void write(String key, List<String> lines) {
    logs.append(build, source.word(), key, String.join("\n", lines));
  }
}
