package io.platform.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code platform} itself. */
@Command(
    name = "platform",
    synopsisSubcommandLabel = "COMMAND",
    description = "Push code with git; it is built, released and run.",
    footer = {
      "",
      "`platform COMMAND --help` tells more of each. Exit codes and files: docs/cli.md."
    })
final class Root extends Action {
  @Option(
      names = {"-V", "--version"},
      description = "Show the version.")
  boolean version;

  Root(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() {
    if (version) {
      return new Version(here).call();
    }
    if (spec != null) {
      spec.commandLine().usage(here.out());
    }
    return ExitCode.OK;
  }
}
