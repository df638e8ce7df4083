package io.platform.cli.command.release;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.PlatformApi;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.Table;
import io.platform.cli.command.Times;
import java.io.IOException;

/** {@code platform releases}. */
public final class ReleasesCommand extends AppCommand {
  private static final int USUAL_LIMIT = 20;

  private final OptionValue<Integer> limit =
      number("N", "At most so many (default: " + USUAL_LIMIT + ").", "--limit");

  private final OptionValue<Boolean> json = json();

  public ReleasesCommand(CommandContext context) {
    super(
        context, "releases", "List the app's releases, the newest first; * is the one that runs.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var tree = target.api().releases(target.app(), limit.or(USUAL_LIMIT));
    if (json.given()) {
      console().json(tree);
      return ExitCode.OK;
    }
    var releases = PlatformApi.releasesOf(tree);
    if (releases.isEmpty()) {
      console().note("No releases yet: git push " + remoteName() + " main");
      return ExitCode.OK;
    }
    boolean crashed =
        releases.stream().anyMatch(it -> it.current() && it.isUp())
            && target.api().app(target.app()).status().equals("crashed");
    var table = new Table("RELEASE", "STATUS", "DESCRIPTION", "BY", "CREATED");
    for (var release : releases) {
      table.row(
          release.version() + (release.current() ? " *" : ""),
          crashed && release.current() ? "crashed" : release.status(),
          release.description(),
          release.user().orElse("-"),
          Times.of(release.created(), context));
    }
    table.print(console());
    return ExitCode.OK;
  }
}
