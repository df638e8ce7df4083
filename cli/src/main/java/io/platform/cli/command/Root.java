package io.platform.cli.command;

/** {@code platform} itself. */
final class Root extends Action {
  private final Value<Boolean> version = flag("Show the version.", "-V", "--version");

  Root(Surroundings here) {
    super(here, "platform", "Push code with git; it is built, released and run.");
    spec()
        .usageMessage()
        .synopsisSubcommandLabel("COMMAND")
        .footer(
            "", "`platform COMMAND --help` tells more of each. Exit codes and files: docs/cli.md.");
  }

  @Override
  public Integer call() {
    if (version.given()) {
      return new Version(here).call();
    }
    spec().commandLine().usage(here.out());
    return ExitCode.OK;
  }
}
