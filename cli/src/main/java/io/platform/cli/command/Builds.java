package io.platform.cli.command;

import io.platform.cli.client.Build;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.PlatformApi;
import java.io.IOException;

/** {@code platform builds}. */
final class Builds extends AppCommand {
  private static final int USUAL_LIMIT = 20;

  private final OptionValue<Integer> limit =
      number("N", "At most so many (default: " + USUAL_LIMIT + ").", "--limit");

  private final OptionValue<Boolean> json = json();

  Builds(CommandContext context) {
    super(context, "builds", "List the app's builds, the newest first.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var tree = target.api().builds(target.app(), limit.or(USUAL_LIMIT));
    if (json.given()) {
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
          Times.of(build.created(), context));
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
