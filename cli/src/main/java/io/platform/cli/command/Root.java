package io.platform.cli.command;

/** {@code platform} without a verb: the list of verbs, or the version. */
final class Root extends Action {
  private final Value<Boolean> version = flag("Show the version.", "-V", "--version");

  Root(Surroundings here) {
    super(here, "platform", "Push code with git; it is built, released and run.");
  }

  @Override
  public Integer call() {
    return version.given() ? new Version(here).call() : help();
  }

  /** Written here and not by picocli, which would first make a parser for each verb. */
  int help() {
    var screen = screen();
    screen.line("Usage: platform COMMAND [OPTIONS] [ARGUMENTS]");
    screen.line(summary());
    screen.line("");
    screen.line("Commands:");
    var table = new Table();
    for (var verb : Verbs.all(here)) {
      if (!verb.isHidden()) {
        table.row("  " + verb.name(), verb.summary());
      }
    }
    table.print(screen);
    screen.line("");
    screen.line(
        "`platform COMMAND --help` tells more of each; `platform --version` shows the version.");
    screen.line("Exit codes and files: docs/cli.md.");
    return ExitCode.OK;
  }
}
