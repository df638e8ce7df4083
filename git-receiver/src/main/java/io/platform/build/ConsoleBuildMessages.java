package io.platform.build;

import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.failure.FailureMessages;
import io.platform.failure.TimeSpans;
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
  public String silent(Build build, Duration lasts, Duration left) {
    return noticed(
        "Nothing from the build for %s. It may take %s more; to end it now: platform builds cancel %s"
            .formatted(TimeSpans.span(lasts), TimeSpans.span(left), build.id()));
  }

  @Override
  public String rejected(Build build) {
    return build
        .failure()
        .map(FailureMessages::of)
        .orElseGet(() -> "The build is %s.".formatted(build.status().word().replace('_', ' ')));
  }

  @Override
  public String notLive(Release release, Optional<ReleaseVersion> goesOn) {
    String why =
        release.status() == Release.Status.SUPERSEDED
            ? "%s did not come up before another release was wanted.".formatted(release.version())
            : "%s did not come up: %s"
                .formatted(release.version(), release.message().orElse("it is not known why."));
    return goesOn.map(v -> "%s\n%s keeps running.".formatted(why, v)).orElse(why);
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
