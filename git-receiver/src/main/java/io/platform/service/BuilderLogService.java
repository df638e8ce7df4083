package io.platform.service;

import io.platform.buildlog.BuildLogAppender;
import io.platform.buildlog.BuildLogAppender.Source;
import io.platform.buildlog.BuilderLines;
import io.platform.domain.port.BuildLogs;
import io.platform.service.WorkloadRefused.Refusal;

/** Stores the lines that builders write, each once, up to a limit. */
public final class BuilderLogService {
  private final BuildLogs logs;
  private final long mostBytes;

  /** Keeps so many bytes of each build. */
  public BuilderLogService(BuildLogs logs, long mostBytes) {
    this.logs = logs;
    this.mostBytes = mostBytes;
  }

  /**
   * Appends whole lines.
   *
   * @param offset how many bytes this writer has sent before
   * @return the offset of its next lines
   */
  public long append(BuilderAccess.Builder builder, long offset, byte[] lines) {
    if (builder.build().logSize() > mostBytes) {
      BuildLogAppender.open(logs, builder.build().id(), Source.API).full(mostBytes);
      return offset + lines.length;
    }
    try {
      return logs.appendAt(
          builder.build().id(), builder.writer(), offset, lines.length, BuilderLines.accept(lines));
    } catch (BuildLogs.WrongOffset e) {
      throw new WorkloadRefused(new Refusal.WrongOffset(offset, e.right()));
    } catch (BuildLogs.LogClosed e) {
      throw new WorkloadRefused(new Refusal.BuildOver(builder.build()));
    }
  }
}
