package io.platform.git.push;

import io.platform.buildlog.LogLines;
import io.platform.commons.console.LineFormat;
import io.platform.commons.console.TerminalText;
import io.platform.domain.Build;
import io.platform.domain.PushOption;
import io.platform.failure.Quantities;
import io.platform.git.push.refusal.PushRefusal;
import io.platform.git.push.refusal.PushRefusalMessages;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The wording of the {@link PushLog}. */
public final class PushMessages implements PushLog {
  /** Characters of a push option. */
  private static final int OPTION_SHOWN = 40;

  private final LogLines lines;

  /** Writes to these lines. */
  public PushMessages(LogLines lines) {
    this.lines = lines;
  }

  @Override
  public void waiting() {
    write("waiting", LineFormat.heading("Waiting for other pushes to be unpacked…"));
  }

  @Override
  public void waitingForMemory() {
    write("memory", LineFormat.heading("Waiting for memory, which other pushes are using…"));
  }

  @Override
  public void waitingForInterruptedPush(Duration limit) {
    write(
        "interrupted-push",
        LineFormat.heading(
            "Waiting for another push to end, which may have been interrupted: up to %s…"
                .formatted(Quantities.time(limit))));
  }

  @Override
  public void refused(PushRefusal why) {
    error("refused", PushRefusalMessages.lines(why));
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
    String known =
        Stream.of(PushOption.values()).map(PushOption::word).collect(Collectors.joining(", "));
    error(
        "option-" + shown,
        List.of(
            "The push option `%s` is not known and has no effect. There is: %s"
                .formatted(shown, known)));
  }

  @Override
  public void branchKept(String branch, String deployBranch) {
    kept(
        "Branch " + branch,
        "This app deploys %s.".formatted(deployBranch),
        "To deploy it:   git push platform %s:%s".formatted(branch, deployBranch));
  }

  @Override
  public void branchKept(String branch) {
    kept(
        "Branch " + branch,
        "Push to main or master to deploy.",
        "To deploy it:   git push platform %s:main".formatted(branch));
  }

  private void kept(String what, String why, String how) {
    write(
        "kept-" + what,
        LineFormat.heading(
            TerminalText.inline("%s was stored but not deployed. %s".formatted(what, why))),
        LineFormat.body(TerminalText.inline(how)));
  }

  @Override
  public void refKept(String ref) {
    write(
        "kept-" + ref,
        LineFormat.heading(TerminalText.inline("%s was stored but not deployed.".formatted(ref))));
  }

  @Override
  public void followedTooLong(Build build, Duration limit) {
    error(
        "followed-too-long",
        List.of(
            "This push has taken %s, which is this platform's limit, and ends here; the build goes on."
                .formatted(Quantities.time(limit)),
            "Follow it with   platform builds log %s --follow".formatted(build.id())));
  }

  @Override
  public void interrupted(Build build) {
    error(
        "interrupted",
        List.of(
            "The platform is stopping, and this push ends here. The build continues when it is back.",
            "Follow it then with   platform builds log %s --follow".formatted(build.id())));
  }

  private void write(String key, String... text) {
    lines.write(key, List.of(text));
  }

  private void error(String key, List<String> sentences) {
    lines.write(
        key,
        sentences.stream()
            .map(sentence -> LineFormat.error(TerminalText.inline(sentence)))
            .toList());
  }
}
