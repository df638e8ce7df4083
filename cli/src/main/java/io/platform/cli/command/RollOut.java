package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.Release;
import java.util.ArrayList;
import java.util.List;

/** Waits for a release to come up, and says how it went. */
final class RollOut {
  private final AppAction.Target target;
  private final Screen screen;

  RollOut(AppAction.Target target, Screen screen) {
    this.target = target;
    this.screen = screen;
  }

  int await(Release release) throws ClientException {
    screen.body("Rolling out " + release.version() + " …");
    var ended = target.api().rolledOut(target.app(), release.version());
    if (ended.isUp()) {
      screen.body(
          screen.good(
              ended.version()
                  + (ended.current()
                      ? " is live"
                      : " came up, and a later release took its place")));
      return ExitCode.OK;
    }
    var lines = new ArrayList<String>();
    lines.add(ended.version() + " did not come up; what ran before goes on.");
    ended.message().ifPresent(it -> lines.addAll(List.of(it.split("\n"))));
    screen.errors(lines);
    return ExitCode.FAILED;
  }
}
