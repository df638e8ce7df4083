package io.platform.build;

import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.port.BuilderEvent;
import io.platform.slug.ExitCode;
import io.platform.slug.ProcessTypes;
import io.platform.slug.TerminalText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The wording, with Heroku's manners: headings with an arrow, the body indented, errors with an
 * exclamation mark.
 */
final class ConsoleBuildMessages implements BuildMessages {
  private static final String BODY = "       ";
  private static final String ERROR = " !     ";
  private static final int SIGNALED = 128;
  private static final int SIGKILL = 9;

  @Override
  public String interruptedPush() {
    return "The server was restarted while it received your push: push again.";
  }

  @Override
  public String launchedAgain() {
    return "-----> The server was restarted: the build begins again from the source that it had stored";
  }

  @Override
  public String noticed(String text) {
    return text.lines()
        .map(line -> BODY + TerminalText.line(line))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public String exited(BuilderEvent.Exited exit) {
    Optional<ExitCode> code = ExitCode.of(exit.exitCode()).filter(c -> c != ExitCode.TERMINATED);
    String why = exit.why().isEmpty() ? end(exit.exitCode()) : exit.why();
    if (code.isPresent()) {
      return "The build ended in its step '%s' before it could say more: %s. %s"
          .formatted(code.get().step().label(), why, advice(code.get().fault()));
    }
    return exit.why().isEmpty() && exit.exitCode() == SIGNALED + SIGKILL
        ? ("The build ended without a result: %s. Most often it needed more memory than there is: make it need less, or contact"
                + " your administrator for more, then push again.")
            .formatted(why)
        : "The build ended without a result: %s. Push again; if this keeps failing, contact your administrator."
            .formatted(why);
  }

  private static String end(int exitCode) {
    return exitCode > SIGNALED
        ? "it was killed by signal %d".formatted(exitCode - SIGNALED)
        : "it exited with code %d".formatted(exitCode);
  }

  private static String advice(ExitCode.Fault fault) {
    return switch (fault) {
      case USER -> "See the lines above, fix it, and push again.";
      case PLATFORM ->
          "This is not your app's fault: push again; if this keeps failing, contact your administrator.";
      case NOBODY -> "Push again.";
    };
  }

  @Override
  public String lost() {
    return "The build ended, but its result never arrived, so nothing was released. Push again; if this keeps failing,"
        + " contact your administrator.";
  }

  @Override
  public String badReport(String why) {
    return "The build's result could not be used: %s Push again; if this keeps failing, contact your administrator."
        .formatted(why);
  }

  @Override
  public String silent(Build build, Duration lasts, Duration left) {
    return noticed(
        "Nothing from the build for %s. It may take %s more; to end it now: platform builds cancel %s"
            .formatted(span(lasts), span(left), build.id()));
  }

  @Override
  public String timedOut(Build build, Duration silent) {
    Duration limit =
        build.deadline().map(d -> Duration.between(build.createdAt(), d)).orElse(Duration.ZERO);
    String advice =
        silent.isZero()
            ? "See the last lines above for what took so long"
            : "It had written nothing for %s: see the last lines above for what it was doing"
                .formatted(span(silent));
    return "The build took longer than the %s that it may take, and was stopped. %s, then push again."
        .formatted(words(limit), advice);
  }

  private static String span(Duration time) {
    String words = words(time);
    return Character.isDigit(words.charAt(0)) ? words : "a " + words;
  }

  /** Rounded: receiving the push took a part of the time. */
  private static String words(Duration limit) {
    long minutes = limit.plusSeconds(30).toMinutes();
    if (minutes < 1) {
      long seconds = Math.max(1, limit.toSeconds());
      return seconds == 1 ? "second" : "%d seconds".formatted(seconds);
    }
    return minutes == 1 ? "minute" : "%d minutes".formatted(minutes);
  }

  @Override
  public String appDestroyed() {
    return "The app was destroyed while this push was deployed.";
  }

  @Override
  public String rejected(Build build) {
    return build
        .message()
        .orElseGet(() -> "The build is %s.".formatted(build.status().word().replace('_', ' ')));
  }

  @Override
  public String notLive(Release release, Optional<ReleaseVersion> goesOn) {
    String why =
        release.status() == Release.Status.SUPERSEDED
            ? "%s did not come up before another release was wanted.".formatted(release.version())
            : "%s did not come up: %s"
                .formatted(release.version(), release.message().orElse("it is not known why."));
    return goesOn.map(v -> "%s\n%s goes on running.".formatted(why, v)).orElse(why);
  }

  @Override
  public List<String> deployed(App app, Release release, String url) {
    String heading = "-----> Released %s".formatted(release.version());
    return release.processTypes().command(ProcessTypes.WEB).isPresent()
        ? List.of("%s, running at %s".formatted(heading, url))
        : List.of(heading + ", without a web process");
  }

  @Override
  public List<String> closing(String why) {
    return why.lines().map(line -> ERROR + TerminalText.inline(line)).toList();
  }
}
