package io.platform.cli.command;

import java.io.IOException;
import java.util.Optional;

/**
 * Where e-mail addresses and passwords come from: the terminal, or standard input when a script
 * says so.
 */
final class Passwords {
  private final Surroundings here;

  Passwords(Surroundings here) {
    this.here = here;
  }

  String email(String why) {
    if (!here.terminal().isInteractive()) {
      throw new Failure(
          ExitCode.USAGE,
          "There is no terminal to ask for the e-mail address " + why + ".",
          "Give it with --email.");
    }
    return answer(here.terminal().ask("E-mail: ").map(String::strip), "e-mail address");
  }

  String password(boolean fromInput, String prompt) throws IOException {
    if (fromInput) {
      return answer(Optional.of(firstLine()), "password");
    }
    if (!here.terminal().isInteractive()) {
      throw new Failure(
          ExitCode.USAGE,
          "There is no terminal to ask for the password.",
          "Pass it on standard input: --password-stdin < FILE");
    }
    return answer(here.terminal().askSecretly(prompt), "password");
  }

  private static String answer(Optional<String> answer, String what) {
    return answer
        .filter(it -> !it.isEmpty())
        .map(it -> Utf8.decoded(it, "The " + what))
        .orElseThrow(
            () -> new Failure(ExitCode.USAGE, "No " + what + " was given; nothing was done."));
  }

  private String firstLine() throws IOException {
    var text = Utf8.decode(here.in().readAllBytes(), "The standard input");
    return text.lines().findFirst().orElse("");
  }
}
