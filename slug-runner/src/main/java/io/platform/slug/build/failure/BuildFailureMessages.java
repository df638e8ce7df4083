package io.platform.slug.build.failure;

import io.platform.commons.console.TerminalText;
import io.platform.commons.file.FileFailure;
import io.platform.commons.process.ExitStatus;
import io.platform.slug.ProcessTypes;
import io.platform.slug.SlugExitCode;
import io.platform.slug.archive.TreeLimitException;
import io.platform.slug.build.buildpack.Buildpack;
import java.io.EOFException;
import java.util.Collection;
import java.util.stream.Collectors;

/** The messages of the builder for failed builds. */
public final class BuildFailureMessages {
  private static final String AGAIN =
      " Push again; if this keeps failing, contact your administrator.";

  private BuildFailureMessages() {}

  public static BuildFailure jobRefused(String detail) {
    return new BuildFailure(
        SlugExitCode.JOB_REFUSED,
        "The platform did not say what to build: " + detail + "." + AGAIN);
  }

  public static BuildFailure ended() {
    return new BuildFailure(SlugExitCode.BUILD_ENDED, "The platform has ended this build.");
  }

  public static BuildFailure sourceUnavailable(String detail) {
    return new BuildFailure(
        SlugExitCode.SOURCE_UNAVAILABLE,
        "The pushed source could not be downloaded: " + detail + "." + AGAIN);
  }

  public static BuildFailure sourceDamaged() {
    return new BuildFailure(
        SlugExitCode.SOURCE_DAMAGED, "The pushed source arrived damaged three times." + AGAIN);
  }

  public static BuildFailure sourceEscapes(String entry, String why) {
    return new BuildFailure(
        SlugExitCode.SOURCE_ESCAPES,
        "`"
            + TerminalText.inline(entry)
            + "` "
            + why
            + ", so it cannot be unpacked safely. Nothing was built. Remove it from the repository and push"
            + " again.");
  }

  public static BuildFailure sourceTooLarge(TreeLimitException over) {
    return new BuildFailure(
        SlugExitCode.SOURCE_TOO_LARGE,
        "The pushed source has "
            + more(over)
            + ", which is the limit here. Remove what the app does not need from the repository and push"
            + " again.");
  }

  /** The list of files to leave out is longer than anybody writes one. */
  public static BuildFailure slugIgnoreTooLarge(long limit) {
    return new BuildFailure(
        SlugExitCode.SOURCE_TOO_LARGE,
        "The file .slugignore is larger than %d kB, which is the limit. Nothing was built. Make it shorter, with patterns, and push again."
            .formatted(limit >> 10));
  }

  public static BuildFailure appTooLarge(TreeLimitException over) {
    return new BuildFailure(
        SlugExitCode.SLUG_TOO_LARGE,
        "The built app has "
            + more(over)
            + ", which is the limit here. List what is not needed to run in .slugignore, drop large"
            + " dependencies, and push again.");
  }

  private static String more(TreeLimitException over) {
    return switch (over.limit()) {
      case BYTES -> "files that take more than " + SizeFormat.readable(over.most()) + " unpacked";
      case ENTRIES -> "more than %,d files and directories".formatted(over.most());
    };
  }

  /**
   * A buildpack that the app chose is none.
   *
   * @param why without a full stop
   */
  public static BuildFailure buildpackUnusable(String buildpack, String why) {
    return new BuildFailure(
        SlugExitCode.BUILDPACK_UNUSABLE,
        "The buildpack %s cannot be used: %s. Fix it, or choose another one, and push again."
            .formatted(TerminalText.inline(buildpack), why));
  }

  public static BuildFailure reservedPath(String path, String why) {
    return new BuildFailure(
        SlugExitCode.RESERVED_PATH,
        "The repository has `"
            + path
            + "`, "
            + why
            + ". Nothing was built. Rename or remove it, and push again.");
  }

  public static BuildFailure webLost() {
    return new BuildFailure(SlugExitCode.WEB_LOST, ProcessTypes.WEB_LOST);
  }

  public static BuildFailure procfileInvalid(String why) {
    return new BuildFailure(
        SlugExitCode.PROCFILE_INVALID,
        "The Procfile cannot be used: "
            + why
            + ". Each line is `name: command`, such as `web: node index.js`. Fix it and push again.");
  }

  /** The app.json has something wrong in it. */
  public static BuildFailure appJsonInvalid(String why) {
    return new BuildFailure(
        SlugExitCode.APP_JSON_INVALID,
        "The file app.json cannot be used: " + why + ". Fix it and push again.");
  }

  /** The app.json requires config vars that are not set. */
  public static BuildFailure configRequired(Collection<String> names) {
    return new BuildFailure(
        SlugExitCode.CONFIG_REQUIRED,
        "The file app.json requires %s, which %s not set. Set %s and push again:   platform config set %s"
            .formatted(
                names.size() == 1 ? "a config var" : "config vars",
                names.size() == 1 ? "is" : "are",
                names.size() == 1 ? "it" : "them",
                names.stream().map(name -> name + "=...").collect(Collectors.joining(" "))));
  }

  /** The buildpack says itself why. */
  public static BuildFailure compileFailed(String sentence) {
    return new BuildFailure(SlugExitCode.COMPILE_FAILED, sentence);
  }

  public static BuildFailure compileFailed(String buildpack, int status) {
    return new BuildFailure(
        SlugExitCode.COMPILE_FAILED,
        "The "
            + TerminalText.inline(buildpack)
            + " buildpack "
            + ExitStatus.describe(status)
            + ". The lines above say why; fix it and push again.");
  }

  public static BuildFailure noProcessTypes(String buildpack) {
    return new BuildFailure(
        SlugExitCode.NO_PROCESS_TYPES,
        "The app was built as "
            + buildpack
            + ", but nothing says how to start it. Add a Procfile with `web: <command>`"
            + (buildpack.equals("Node.js") ? ", or a `start` script to package.json," : "")
            + " and push again.");
  }

  /** A program of a buildpack does not do what it must. */
  public static BuildFailure buildpackBroken(Buildpack buildpack, String what) {
    return buildpack.builtIn()
        ? new BuildFailure(
            SlugExitCode.BUILDPACK_BROKEN,
            "The " + buildpack.name() + " buildpack is broken: " + what + "." + AGAIN)
        : buildpackUnusable(buildpack.name(), what);
  }

  /** A program of the app that runs before or after the buildpacks. */
  public static BuildFailure hookFailed(String hook, int status) {
    return new BuildFailure(
        SlugExitCode.COMPILE_FAILED,
        "The app's "
            + hook
            + " "
            + ExitStatus.describe(status)
            + ". The lines above say why; fix it and push again.");
  }

  public static BuildFailure slugTooLarge(long limit) {
    return new BuildFailure(
        SlugExitCode.SLUG_TOO_LARGE,
        "The built app takes more than "
            + SizeFormat.readable(limit)
            + " compressed, which is the limit here. List what is not needed to run in .slugignore, drop"
            + " large dependencies, and push again.");
  }

  public static BuildFailure uploadFailed(String detail) {
    return new BuildFailure(
        SlugExitCode.UPLOAD_FAILED,
        "The app was built, but could not be stored: " + detail + "." + AGAIN);
  }

  public static BuildFailure diskFull(String doing) {
    return new BuildFailure(
        SlugExitCode.DISK_FULL,
        "The build's disk is full; it was "
            + doing
            + ". Make the app or its dependencies smaller and push"
            + " again, or contact your administrator for more space.");
  }

  public static BuildFailure deadline(String doing) {
    return new BuildFailure(
        SlugExitCode.DEADLINE,
        "The build took longer than it may and was ended; it was "
            + doing
            + ". Make it shorter and push"
            + " again, or contact your administrator for more time.");
  }

  public static BuildFailure internal(String doing, Throwable cause) {
    return new BuildFailure(
        SlugExitCode.INTERNAL,
        "The builder failed while it was " + doing + ": " + reason(cause) + "." + AGAIN,
        cause);
  }

  /** The failure in words, without the name of its class. */
  public static String reason(Throwable cause) {
    if (cause instanceof EOFException || cause.getCause() instanceof EOFException) {
      return "the connection was cut";
    }
    boolean silent = cause.getMessage() == null || cause.getMessage().isBlank();
    return silent && cause instanceof java.net.ConnectException
        ? "no connection"
        : FileFailure.reason(cause);
  }
}
