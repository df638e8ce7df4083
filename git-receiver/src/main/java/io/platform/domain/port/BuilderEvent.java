package io.platform.domain.port;

import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.BuilderNotice;
import io.platform.domain.ExitDetail;
import io.platform.slug.BuildReport;
import java.util.Optional;

/** An event of a builder, as its build runner sees it. */
public sealed interface BuilderEvent {
  /** Whose builder. */
  BuildId build();

  /**
   * Something worth telling the pusher while the builder itself says nothing yet.
   *
   * @param key names the event: a repeat is told once
   */
  record Noticed(BuildId build, String key, BuilderNotice notice) implements BuilderEvent {}

  /** The builder is launched: it runs, or will by itself. */
  record Started(BuildId build) implements BuilderEvent {}

  /** There is no builder any more. */
  sealed interface Ended extends BuilderEvent {}

  /** The builder waited for its turn, and then could not be launched. */
  record LaunchFailed(BuildId build, BuildFailureCause.NotLaunched cause) implements Ended {}

  /**
   * The builder ended.
   *
   * @param exitCode as the process said; 128 + n where signal n killed it
   * @param report the report that it left behind where the platform did not receive it
   */
  record Exited(BuildId build, int exitCode, Optional<BuildReport> report, ExitDetail detail)
      implements Ended {}
}
