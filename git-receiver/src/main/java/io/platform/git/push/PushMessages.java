package io.platform.git.push;

import io.platform.domain.Build;
import io.platform.domain.PushOption;
import io.platform.git.pack.PackProblem;
import io.platform.git.source.SourceFault;
import io.platform.slug.TerminalText;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of the {@link PushLog}: headings with an arrow, text indented by seven, errors with an
 * exclamation mark.
 */
public final class PushMessages implements PushLog {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String ERROR = " !     ";

  /** Characters of a push option. */
  private static final int OPTION_SHOWN = 40;

  private final Lines lines;

  /** Writes to these lines. */
  public PushMessages(Lines lines) {
    this.lines = lines;
  }

  /** Takes the lines of one event. */
  @FunctionalInterface
  public interface Lines {
    /**
     * Writes lines.
     *
     * @param key names the event
     * @param text with indentation, without a line feed
     */
    void write(String key, List<String> text);
  }

  @Override
  public void waiting() {
    heading("waiting", "Waiting for other pushes to be unpacked…");
  }

  @Override
  public void waitingForMemory() {
    heading("memory", "Waiting for memory, which other pushes are using…");
  }

  @Override
  public void packRefused(PackProblem problem) {
    error("refused", PackMessages.sentences(problem));
  }

  @Override
  public void packTooLarge(long limit) {
    error(
        "pack",
        "The push is larger than %s, which is this platform's limit.".formatted(size(limit)),
        "Keep large files out of the repository (git filter-repo removes them from history), and push again.");
  }

  @Override
  public void objectTooLarge(long limit) {
    error(
        "object",
        "A file in the push is larger than %s, which is this platform's limit for one file."
            .formatted(size(limit)),
        "Find it with   git rev-list --objects --all | git cat-file --batch-check='%(objectsize) %(rest)' | sort -n | tail",
        "and remove it from every commit that is pushed (git filter-repo), then push again.");
  }

  @Override
  public void shallowClone() {
    error(
        "shallow",
        "The push comes from a shallow clone, and commits are missing that this repository does not have.",
        "Get the whole history, and push again:   git fetch --unshallow");
  }

  @Override
  public void missingObject(String object) {
    error(
        "missing",
        "The push refers to %s, which is neither in the push nor on the server.".formatted(object),
        "Check your repository with   git fsck   and push again.");
  }

  @Override
  public void brokenObject(String reason) {
    error(
        "broken",
        "The push contains an object that git fsck rejects: %s".formatted(reason),
        "Find it with   git fsck   and rewrite the commits that hold it, then push again.");
  }

  @Override
  public void forbiddenNames(List<String> paths) {
    error(
        "names",
        "The push has names that Windows or macOS takes for .git or .gitmodules, which git itself refuses: "
            + paths.stream().map(PushMessages::visible).collect(Collectors.joining(", ")),
        "Rename them in every commit that is pushed (git filter-repo), then push again.");
  }

  @Override
  public void uploadStalled() {
    error(
        "stalled", "The upload stopped before it was complete. Nothing was stored.", "Push again.");
  }

  @Override
  public void uploadTooSlow(int bytesPerSecond) {
    error(
        "slow",
        "The upload was slower than %s a second for a minute. Nothing was stored."
            .formatted(size(bytesPerSecond)),
        "Push again over a better connection.");
  }

  @Override
  public void busy() {
    error(
        "busy",
        "The platform is busy with other pushes. Nothing was stored.",
        "Push again in half a minute.");
  }

  @Override
  public void tooManyUploads(int most) {
    error(
        "busy",
        "You upload to as many apps at the same time as one user may (%d). Nothing was stored."
            .formatted(most),
        "Push again when one of these uploads has ended.");
  }

  @Override
  public void tooLong(Duration limit) {
    error(
        "too-long",
        "The push took longer than %s, which is this platform's limit. Nothing was stored."
            .formatted(time(limit)),
        "Push again; a large repository can be pushed in parts, older commits first.");
  }

  @Override
  public void followedTooLong(Build build, Duration limit) {
    error(
        "followed-too-long",
        "This push has taken %s, which is this platform's limit, and ends here; the build goes on."
            .formatted(time(limit)),
        "Follow it with   platform builds log %s --follow".formatted(build.id()));
  }

  @Override
  public void packTooComplex() {
    error(
        "memory",
        "The push holds files that are too large to be unpacked with the server's memory.",
        "Keep large files out of the repository, or contact your administrator for more memory (-Xmx).");
  }

  @Override
  public void unreadablePack() {
    error("unreadable", "The push could not be unpacked. Nothing was stored.", "Push again.");
  }

  @Override
  public void optionUnknown(String option) {
    String shown =
        option
            .codePoints()
            .filter(c -> !Character.isISOControl(c))
            .limit(OPTION_SHOWN)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    error(
        "option-" + shown,
        "The push option `%s` is not known and has no effect. There is: %s"
            .formatted(
                shown,
                Stream.of(PushOption.values())
                    .map(PushOption::word)
                    .collect(Collectors.joining(", "))));
  }

  @Override
  public void branchKept(String branch, String deployBranch) {
    heading(
        "kept-" + branch,
        "Branch %s was stored but not deployed. This app deploys %s."
            .formatted(branch, deployBranch));
    body(
        "kept-how-" + branch,
        "To deploy it:   git push platform %s:%s".formatted(branch, deployBranch));
  }

  @Override
  public void branchKept(String branch) {
    heading(
        "kept-" + branch,
        "Branch %s was stored but not deployed. Push to main or master to deploy."
            .formatted(branch));
    body("kept-how-" + branch, "To deploy it:   git push platform %s:main".formatted(branch));
  }

  @Override
  public void branchNotBuilt(String branch, String deployBranch) {
    error(
        "not-built",
        "Branch %s was not deployed: %s became the app's deploy branch during this push."
            .formatted(branch, deployBranch),
        "To deploy it:   git push platform %s:%s".formatted(branch, deployBranch));
  }

  @Override
  public void refKept(String ref) {
    heading("kept-" + ref, "%s was stored but not deployed.".formatted(ref));
  }

  @Override
  public void deployBranchStays(String branch) {
    error(
        "stays",
        "%s is the app's deploy branch and cannot be deleted.".formatted(branch),
        "To remove the app with all that belongs to it:   platform destroy");
  }

  @Override
  public void refReserved(String ref) {
    error("reserved", "%s is reserved for the platform. Push to a branch or a tag.".formatted(ref));
  }

  @Override
  public void notCommit(String branch) {
    error(
        "commit-" + branch,
        "Branch %s must point to a commit, and what was pushed is not a commit.".formatted(branch));
  }

  @Override
  public void tagAsBranch(String tag, String branch) {
    error(
        "commit-" + branch,
        "Branch %s must point to a commit, and the tag %s was pushed to it.".formatted(branch, tag),
        "To push the tag's commit:   git push platform %s^{}:refs/heads/%s".formatted(tag, branch));
  }

  @Override
  public void refAmbiguous(String ref, String shortName, String tag, String deployBranch) {
    error(
        "ambiguous-" + ref,
        "%s was not stored: it makes the name %s ambiguous, so that clients can no longer push or check it out."
            .formatted(ref, shortName),
        "To deploy a tag:   git push platform %s^{}:%s".formatted(tag, deployBranch),
        "To keep something under another name:   git push platform <what>:refs/tags/<name>");
  }

  @Override
  public void refBlocksBranch(String ref, String branch) {
    error(
        "blocks-" + ref,
        "%s was not stored: git cannot have it and the deploy branch %s at the same time."
            .formatted(ref, branch),
        "Push it under another name:   git push platform <what>:refs/heads/<name>");
  }

  @Override
  public void buildRuns(Build running, Duration since) {
    error(
        "busy",
        "Build %s of this app is not finished; it began at %s, %s ago."
            .formatted(running.id(), TIME.format(running.createdAt()), time(since)),
        "Wait for it and push again; follow it with   platform builds log latest --follow",
        "or end it with   platform builds cancel");
  }

  @Override
  public void received(Build build, String branch, String commit) {
    heading(
        "received",
        "Received %s at %s (build %s)".formatted(branch, commit.substring(0, 7), build.id()));
  }

  @Override
  public void followable(Build build) {
    body(
        "followable",
        "The build goes on if this connection ends (Ctrl-C).",
        "To follow it:   platform builds log %s --follow".formatted(build.id()),
        "To cancel it:   platform builds cancel %s".formatted(build.id()));
  }

  @Override
  public void forced(String branch, String oldCommit) {
    body(
        "forced",
        "Forced: %s was %s, which is no ancestor.".formatted(branch, oldCommit.substring(0, 7)));
  }

  @Override
  public void stored(int files, long bytes) {
    body("stored", "%s, %s".formatted(files == 1 ? "1 file" : files + " files", size(bytes)));
  }

  @Override
  public void sourceRefused(List<SourceFault> faults) {
    for (SourceFault fault : faults) {
      error(SourceFaultMessages.key(fault), SourceFaultMessages.sentences(fault));
    }
  }

  @Override
  public void storeAway(Duration patience) {
    body(
        "store-away",
        "The object store does not answer. Storing the source is tried again for %s."
            .formatted(time(patience)));
  }

  @Override
  public void storeBack() {
    body("store-back", "The object store answers again.");
  }

  @Override
  public void storeFull() {
    error(
        "store",
        "The source could not be stored: the platform's object store is full.",
        "Nothing was deployed. The current release keeps running. Contact your administrator for more space, then push again.");
  }

  @Override
  public void notStored(String reference) {
    error(
        "store",
        "The source could not be stored: the platform's object store did not take it.",
        "Nothing was deployed. Push again; if this keeps failing, contact your administrator with this reference: %s"
            .formatted(reference));
  }

  @Override
  public void diskFull() {
    error(
        "disk",
        "The push failed because the server's disk is full.",
        "Nothing was deployed. The current release keeps running. Contact your administrator for more space, then push again.");
  }

  @Override
  public void diskNotWritable() {
    error(
        "disk",
        "The push failed because the server's disk fails or is read-only.",
        "Nothing was deployed. The current release keeps running. Contact your administrator to make it writable, then push again.");
  }

  @Override
  public void failed(String reference) {
    error(
        "failed",
        "The push failed because of an error of the platform, not of yours.",
        "Nothing was deployed. Push again; if this keeps failing, contact your administrator with this reference: %s"
            .formatted(reference));
  }

  @Override
  public void notReceived() {
    error(
        "not-received",
        "The platform is being stopped, and the push was not accepted yet.",
        "Nothing was deployed. Push again when the platform is back.");
  }

  @Override
  public void interrupted() {
    error(
        "interrupted",
        "The platform is being stopped; the build is kept, and goes on when it is back.",
        "Follow it then with   platform builds log latest --follow");
  }

  private void heading(String key, String text) {
    lines.write(key, List.of("-----> " + TerminalText.inline(text)));
  }

  private void body(String key, String... texts) {
    lines.write(
        key, List.of(texts).stream().map(text -> "       " + TerminalText.inline(text)).toList());
  }

  private void error(String key, String... sentences) {
    lines.write(
        key,
        List.of(sentences).stream()
            .map(sentence -> ERROR + TerminalText.inline(sentence))
            .toList());
  }

  /** A line without what marks it. */
  static String plain(String line) {
    return line.startsWith(ERROR) ? line.substring(ERROR.length()) : line.strip();
  }

  private static String time(Duration since) {
    return since.toMinutes() > 0
        ? since.toMinutes() + " min"
        : Math.max(0, since.toSeconds()) + " s";
  }

  /** A path whose characters can all be seen, and not too much of it. */
  static String visible(String path) {
    StringBuilder visible = new StringBuilder();
    path.codePoints()
        .limit(200)
        .forEach(c -> {
          switch (Character.getType(c)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR ->
                visible.append("\\u%04x".formatted(c));
            default -> visible.appendCodePoint(c);
          }
        });
    return visible.toString();
  }

  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < 3) {
      value /= 1024;
      unit++;
    }
    String number = value == Math.rint(value) ? "%.0f" : "%.1f";
    return String.format(Locale.ROOT, number, value)
        + " "
        + List.of("KiB", "MiB", "GiB", "TiB").get(unit);
  }
}
