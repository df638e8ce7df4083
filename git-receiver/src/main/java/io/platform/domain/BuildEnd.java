package io.platform.domain;

import io.platform.slug.AppJson;
import io.platform.slug.ProcessTypes;
import java.time.Duration;
import java.util.Optional;

/** The end of a build. A build ends exactly once: the first end wins. */
public sealed interface BuildEnd {
  /** The state that the build's row gets. */
  BuildStatus status();

  /** Why there is no release; empty where there is one. */
  default Optional<BuildFailureCause> failure() {
    return switch (this) {
      case Succeeded succeeded -> Optional.empty();
      case Failed(var cause) -> Optional.of(cause);
      case Canceled(var by) -> Optional.of(new BuildFailureCause.Canceled(by));
      case TimedOut(var limit, var silent) ->
          Optional.of(new BuildFailureCause.TimeLimit(limit, silent));
    };
  }

  /**
   * There is an artifact.
   *
   * @param cache what the buildpack left for the next build
   */
  record Succeeded(
      Artifact artifact,
      Optional<StoredObject> cache,
      String buildpack,
      ProcessTypes processTypes,
      AppJson appJson)
      implements BuildEnd {
    /** Of an app that declares nothing of itself. */
    public Succeeded(
        Artifact artifact,
        Optional<StoredObject> cache,
        String buildpack,
        ProcessTypes processTypes) {
      this(artifact, cache, buildpack, processTypes, AppJson.NONE);
    }

    @Override
    public BuildStatus status() {
      return BuildStatus.SUCCEEDED;
    }
  }

  /** There is none. */
  record Failed(BuildFailureCause cause) implements BuildEnd {
    @Override
    public BuildStatus status() {
      return BuildStatus.FAILED;
    }
  }

  /**
   * Somebody ended it.
   *
   * @param by who (e-mail)
   */
  record Canceled(String by) implements BuildEnd {
    @Override
    public BuildStatus status() {
      return BuildStatus.CANCELED;
    }
  }

  /**
   * The deadline passed.
   *
   * @param limit what the build may take
   * @param silent for how long the builder had written nothing then; zero where that is not long
   */
  record TimedOut(Duration limit, Duration silent) implements BuildEnd {
    @Override
    public BuildStatus status() {
      return BuildStatus.TIMED_OUT;
    }
  }
}
