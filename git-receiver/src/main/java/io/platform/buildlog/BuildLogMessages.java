package io.platform.buildlog;

import io.platform.commons.console.LineFormat;
import io.platform.commons.console.TerminalText;
import io.platform.domain.BuildId;
import io.platform.domain.BuilderNotice;
import io.platform.domain.FailureCause;
import io.platform.domain.Release;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RolloutNotice;
import io.platform.failure.FailureMessages;
import io.platform.failure.ProgressMessages;
import io.platform.failure.Quantities;
import io.platform.failure.TimeSpans;
import io.platform.slug.ProcessTypes;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The wording of the {@link BuildLog}. */
public final class BuildLogMessages implements BuildLog {
  /** The last lines of a log are written once, whoever writes them. */
  private static final String LAST = "closing";

  private final BuildId build;
  private final LogLines lines;

  /** Writes what is told of a build to these lines. */
  public BuildLogMessages(BuildId build, LogLines lines) {
    this.build = build;
    this.lines = lines;
  }

  @Override
  public void received(String branch, String commit) {
    heading("received", "Received %s at %s (build %s)".formatted(branch, shortened(commit), build));
  }

  @Override
  public void forced(String branch, String oldCommit) {
    body(
        "forced",
        "Forced: %s was %s, which is no ancestor.".formatted(branch, shortened(oldCommit)));
  }

  @Override
  public void stored(int files, long bytes) {
    body(
        "stored",
        "%s, %s".formatted(files == 1 ? "1 file" : files + " files", Quantities.size(bytes)));
  }

  @Override
  public void storeAway(Duration retryTime) {
    body(
        "store-away",
        "The object store does not answer. Storing the source is tried again for %s."
            .formatted(Quantities.time(retryTime)));
  }

  @Override
  public void storeBack() {
    body("store-back", "The object store answers again.");
  }

  @Override
  public void followable() {
    body(
        "followable",
        "The build goes on if this connection ends (Ctrl-C).",
        "To follow it:   platform builds log %s --follow".formatted(build),
        "To cancel it:   platform builds cancel %s".formatted(build));
  }

  @Override
  public void launchedAgain(String key) {
    heading(
        key, "The server was restarted: the build begins again from the source that it had stored");
  }

  @Override
  public void noticed(String key, BuilderNotice notice) {
    lines.write(key, List.of(others(ProgressMessages.of(notice))));
  }

  @Override
  public void silent(long size, Duration lasts, Duration left) {
    body(
        "silence/" + size,
        "Nothing from the build for %s. It may take %s more; to end it now: platform builds cancel %s"
            .formatted(TimeSpans.span(lasts), TimeSpans.span(left), build));
  }

  @Override
  public void full(long limit) {
    error("full", "The log is longer than %d MB: what follows is not kept".formatted(limit >> 20));
  }

  @Override
  public void releaseCommandStarted(
      ReleaseVersion version, ReleaseCommandKind kind, String command) {
    heading(
        rollout(version, kind.word() + "-command"),
        "Running the %s of %s: %s".formatted(kind.title(), version, command));
  }

  @Override
  public void releaseCommandEnded(ReleaseVersion version, ReleaseCommandKind kind, Duration took) {
    body(
        rollout(version, kind.word() + "-command-ended"),
        "The %s succeeded after %s".formatted(kind.title(), Quantities.time(took)));
  }

  @Override
  public void scriptFailed(ReleaseVersion version, ReleaseCommandKind kind, FailureCause why) {
    error(
        rollout(version, kind.word() + "-command-failed"),
        FailureMessages.of(why) + " " + version + " is live all the same.");
  }

  @Override
  public void rolloutStarted(ReleaseVersion version) {
    heading(rollout(version, "starting"), "Starting %s".formatted(version));
  }

  @Override
  public void rolloutNoticed(ReleaseVersion version, String key, RolloutNotice notice) {
    lines.write(rollout(version, key), List.of(others(ProgressMessages.of(notice))));
  }

  @Override
  public void typesAtZero(ReleaseVersion version, List<String> types) {
    body(
        rollout(version, "zero"),
        types.stream()
            .map(type -> "%s: scaled to 0; start one: platform ps scale %s=1".formatted(type, type))
            .toArray(String[]::new));
  }

  @Override
  public void appOutput(ReleaseVersion version, List<String> output) {
    String key = rollout(version, "output");
    if (output.isEmpty()) {
      body(key, "The app wrote nothing.");
      return;
    }
    Stream<String> indented =
        output.stream()
            .flatMap(String::lines)
            .map(line -> LineFormat.body("  " + TerminalText.line(line)));
    lines.write(
        key, Stream.concat(Stream.of(LineFormat.body("The app's last lines:")), indented).toList());
  }

  @Override
  public void released(Release release, String url) {
    String where =
        release.processTypes().command(ProcessTypes.WEB).isPresent()
            ? "running at " + url
            : "without a web process";
    heading(LAST, "Released %s, %s".formatted(release.version(), where));
  }

  @Override
  public void rejected(FailureCause why) {
    error(LAST, FailureMessages.of(why));
  }

  private void heading(String key, String text) {
    lines.write(key, List.of(LineFormat.heading(TerminalText.inline(text))));
  }

  private void body(String key, String... texts) {
    lines.write(
        key, Stream.of(texts).map(text -> LineFormat.body(TerminalText.inline(text))).toList());
  }

  private void error(String key, String text) {
    lines.write(
        key, text.lines().map(line -> LineFormat.error(TerminalText.inline(line))).toList());
  }

  /** A line that others wrote, which may have colours. */
  private static String others(String line) {
    return LineFormat.body(TerminalText.line(line));
  }

  private static String rollout(ReleaseVersion version, String key) {
    return "rollout/%s/%s".formatted(version, key);
  }

  private static String shortened(String commit) {
    return commit.substring(0, 7);
  }
}
