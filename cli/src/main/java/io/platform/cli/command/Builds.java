package io.platform.cli.command;

import io.platform.cli.client.Build;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.PlatformApi;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code platform builds}. */
@Command(name = "builds", description = "List the app's builds, the newest first.")
final class Builds extends AppAction {
  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  int limit = 20;

  @Mixin final JsonOption json = new JsonOption();

  Builds(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var tree = target.api().builds(target.app(), limit);
    if (json.wanted) {
      screen().json(tree);
      return ExitCode.OK;
    }
    var builds = PlatformApi.buildsOf(tree);
    if (builds.isEmpty()) {
      screen().note("No builds yet: git push " + remoteName() + " main");
      return ExitCode.OK;
    }
    var table = new Table("BUILD", "STATUS", "COMMIT", "RELEASE", "BY", "CREATED");
    for (var build : builds) {
      table.row(
          build.id(),
          status(build),
          shortCommit(build.commit()),
          build.release().orElse("-"),
          build.pusher().orElse("-"),
          Times.of(build.created(), here.clock()));
    }
    table.print(screen());
    return ExitCode.OK;
  }

  /** A build may succeed and its release not come up. */
  static String status(Build build) {
    return build.status().equals("succeeded") && !build.isDeployed() ? "rejected" : build.status();
  }

  static String shortCommit(String commit) {
    return commit.length() > 7 ? commit.substring(0, 7) : commit.isEmpty() ? "-" : commit;
  }
}
