package io.platform.service;

import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.ReleaseId;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.ReportMismatch;

/** A builder or a runner asked for what it may not have, or may not have any more. */
public final class WorkloadRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  /** Why. */
  public sealed interface Refusal {
    /** The token of a builder is missing or not valid. */
    record NoBuilderToken() implements Refusal {}

    /** The token of a runner is missing or not valid. */
    record NoRunnerToken() implements Refusal {}

    /** The token is for no such build. */
    record NoSuchBuild(BuildId build) implements Refusal {}

    /** The build has ended, or its app was destroyed. */
    record BuildOver(Build build) implements Refusal {}

    /** The source of the build is still being received. */
    record NotAccepted(BuildId build) implements Refusal {}

    /** The builder of a build that was not launched yet reports. */
    record NotLaunched() implements Refusal {}

    /** A builder reports, and its app was destroyed. */
    record AppDestroyed() implements Refusal {}

    /** A report does not say what is stored. */
    record ReportWrong(ReportMismatch mismatch) implements Refusal {}

    /** A builder reports another end than the one that its build had before. */
    record ReportLate(Build build) implements Refusal {}

    /** No build of the app has stored a cache. */
    record NoCache() implements Refusal {}

    /** An object is larger than it may be. */
    record TooLarge(BuilderUpload upload, long size, long limit) implements Refusal {}

    /** Lines of a log begin elsewhere than where the writer's last ones ended. */
    record WrongOffset(long offset, long next) implements Refusal {}

    /** The token is for no such release. */
    record NoSuchRelease(ReleaseId release) implements Refusal {}

    /** Another release runs by now, or the app was destroyed. */
    record NotWanted(ReleaseVersion release) implements Refusal {}

    /** Retention removed the slug. */
    record SlugRemoved() implements Refusal {}

    /** The release runs a container image. */
    record NoSlug() implements Refusal {}
  }

  WorkloadRefused(Refusal refusal) {
    super(refusal.toString(), null, false, false);
    this.refusal = refusal;
  }

  /** Why. */
  public Refusal refusal() {
    return refusal;
  }
}
