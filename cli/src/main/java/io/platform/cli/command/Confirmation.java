package io.platform.cli.command;

import java.util.List;
import java.util.Optional;

/** Asks the user to type a name again before it is removed permanently. */
public final class Confirmation {
  private final CommandContext context;

  public Confirmation(CommandContext context) {
    this.context = context;
  }

  /**
   * Ends the command unless the name is given again.
   *
   * @param given on the command line; asked for otherwise
   * @param name what is removed
   * @param accepted the ways to write the name
   * @param warning what is lost
   * @param command the command that needs no terminal
   */
  public void require(
      Optional<String> given, String name, List<String> accepted, String warning, String command) {
    var again = given.orElseGet(() -> ask(name, warning, command));
    if (!accepted.contains(again)) {
      throw new CommandFailure(
          ExitCode.USAGE, "Nothing was removed: \"" + again + "\" is not the name, " + name + ".");
    }
  }

  private String ask(String name, String warning, String command) {
    if (!context.terminal().isInteractive()) {
      throw new CommandFailure(
          ExitCode.USAGE, "Nothing was removed: this takes " + name + " a second time.", command);
    }
    new Console(context).note(warning);
    return context.terminal().ask("Type " + name + " to go on: ").map(String::strip).orElse("");
  }
}
