package io.platform.cli.command.build;

import io.platform.cli.client.BuildResponse;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.PlatformApi;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.Table;
import io.platform.cli.command.Times;
import java.io.IOException;

/** {@code platform builds}. */
public final class BuildsCommand extends AppCommand {
  private static final int USUAL_LIMIT = 20;

  private final OptionValue<Integer> limit =
      number("N", "At most so many (default: " + USUAL_LIMIT + ").", "--limit");

  private final OptionValue<Boolean> json = json();

  public BuildsCommand(CommandContext context) {
    super(context, "builds", "List the app's builds, the newest first.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var tree = target.api().builds(target.app(), limit.or(USUAL_LIMIT));
    if (json.given()) {
      console().json(tree);
      return ExitCode.OK;
    }
    var builds = PlatformApi.buildsOf(tree);
    if (builds.isEmpty()) {
      console().note("No builds yet: git push " + remoteName() + " main");
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
    table.print(console());
    return ExitCode.OK;
  }

  /** A build may succeed and its release not come up. */
  static String status(BuildResponse build) {
    return build.status().equals("succeeded") && !build.isDeployed() ? "rejected" : build.status();
  }

  static String shortCommit(String commit) {
    return commit.length() > 7 ? commit.substring(0, 7) : commit.isEmpty() ? "-" : commit;
  }
}
