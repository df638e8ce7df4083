package io.platform.cli.command.release;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.ReleaseResponse;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.Console;
import io.platform.cli.command.ExitCode;
import java.util.ArrayList;
import java.util.List;

/** Waits for a release to come up, and says how it went. */
public final class ReleaseWait {
  private final AppCommand.Target target;
  private final Console console;

  public ReleaseWait(AppCommand.Target target, Console console) {
    this.target = target;
    this.console = console;
  }

  public int await(ReleaseResponse release) throws ClientException {
    console.body("Rolling out " + release.version() + " …");
    var ended = target.api().rolledOut(target.app(), release.version());
    if (ended.isUp()) {
      console.body(
          console.good(
              ended.version()
                  + (ended.current()
                      ? " is live"
                      : " came up, and a later release took its place")));
      return ExitCode.OK;
    }
    var lines = new ArrayList<String>();
    lines.add(ended.version() + " did not come up. The current release keeps running.");
    ended.message().ifPresent(it -> lines.addAll(List.of(it.split("\n"))));
    console.errors(lines);
    return ExitCode.FAILED;
  }
}
