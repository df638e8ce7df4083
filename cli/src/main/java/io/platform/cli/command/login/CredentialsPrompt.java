package io.platform.cli.command.login;

import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.Utf8;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads an e-mail address and a password: from the terminal, or from standard input when a script
 * says so.
 */
public final class CredentialsPrompt {
  private final CommandContext context;

  public CredentialsPrompt(CommandContext context) {
    this.context = context;
  }

  String email(String why) {
    if (!context.terminal().isInteractive()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "There is no terminal to ask for the e-mail address " + why + ".",
          "Give it with --email.");
    }
    return answer(context.terminal().ask("E-mail: ").map(String::strip), "e-mail address");
  }

  public String password(boolean fromInput, String prompt) throws IOException {
    if (fromInput) {
      return answer(Optional.of(firstLine()), "password");
    }
    if (!context.terminal().isInteractive()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "There is no terminal to ask for the password.",
          "Pass it on standard input: --password-stdin < FILE");
    }
    return answer(context.terminal().askSecretly(prompt), "password");
  }

  /** The password of now and the one to come. */
  record Change(String old, String replacement) {
    @Override
    public String toString() {
      return "Change[]";
    }
  }

  /** Asks twice for the new one; a script gives both once, one a line. */
  Change change(boolean fromInput) throws IOException {
    if (fromInput) {
      var lines = Utf8.decode(context.in().readAllBytes(), "The standard input").lines().toList();
      return new Change(
          answer(lines.stream().findFirst(), "old password"),
          answer(lines.stream().skip(1).findFirst(), "new password"));
    }
    var old = password(false, "Old password: ");
    var replacement = password(false, "New password: ");
    if (!password(false, "New password again: ").equals(replacement)) {
      throw new CommandFailure(
          ExitCode.USAGE, "The two new passwords differ; the password is not changed.");
    }
    return new Change(old, replacement);
  }

  private static String answer(Optional<String> answer, String what) {
    return answer
        .filter(it -> !it.isEmpty())
        .map(it -> Utf8.decoded(it, "The " + what))
        .orElseThrow(() ->
            new CommandFailure(ExitCode.USAGE, "No " + what + " was given; nothing was done."));
  }

  private String firstLine() throws IOException {
    var text = Utf8.decode(context.in().readAllBytes(), "The standard input");
    return text.lines().findFirst().orElse("");
  }
}
