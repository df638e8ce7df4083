package io.platform.release;

import io.platform.buildlog.BuildLog;
import io.platform.buildlog.ReleaseCommandOutput;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RolloutNotice;
import java.time.Duration;
import java.util.Optional;

/**
 * What the log of a build says of a command of its release; nothing where no build made the
 * release.
 */
final class ReleaseCommandLog implements AutoCloseable {
  private final ReleaseVersion version;
  private final ReleaseCommandKind kind;
  private final Optional<BuildLog> events;
  private final Optional<ReleaseCommandOutput> output;

  /**
   * About a command of this kind.
   *
   * @param events takes what happens; empty where the build is not followed any more
   * @param output takes what the command writes
   */
  ReleaseCommandLog(
      ReleaseVersion version,
      ReleaseCommandKind kind,
      Optional<BuildLog> events,
      Optional<ReleaseCommandOutput> output) {
    this.version = version;
    this.kind = kind;
    this.events = events;
    this.output = output;
  }

  void started(String command) {
    events.ifPresent(log -> log.releaseCommandStarted(version, kind, command));
  }

  void noticed(String key, RolloutNotice notice) {
    events.ifPresent(log -> log.rolloutNoticed(version, kind.word() + "/" + key, notice));
  }

  /** The command wrote a line. */
  void wrote(String line) {
    output.ifPresent(log -> log.add(line));
  }

  void succeeded(Duration took) {
    events.ifPresent(log -> log.releaseCommandEnded(version, kind, took));
  }

  /** It failed, and the release goes on. */
  void failed(ReleaseFailureCause why) {
    events.ifPresent(log -> log.scriptFailed(version, kind, why));
  }

  /** The command writes nothing more. */
  @Override
  public void close() {
    output.ifPresent(ReleaseCommandOutput::close);
  }
}
