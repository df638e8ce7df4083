package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.PlatformApi;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code platform releases}. */
@Command(
    name = "releases",
    description = "List the app's releases, the newest first; * is the one that runs.")
final class Releases extends AppAction {
  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  int limit = 20;

  @Mixin final JsonOption json = new JsonOption();

  Releases(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var tree = target.api().releases(target.app(), limit);
    if (json.wanted) {
      screen().json(tree);
      return ExitCode.OK;
    }
    var releases = PlatformApi.releasesOf(tree);
    if (releases.isEmpty()) {
      screen().note("No releases yet: git push " + remoteName() + " main");
      return ExitCode.OK;
    }
    var table = new Table("RELEASE", "STATUS", "DESCRIPTION", "BY", "CREATED");
    for (var release : releases) {
      table.row(
          release.version() + (release.current() ? " *" : ""),
          release.status(),
          release.description(),
          release.user().orElse("-"),
          Times.of(release.created(), here.clock()));
    }
    table.print(screen());
    return ExitCode.OK;
  }
}
