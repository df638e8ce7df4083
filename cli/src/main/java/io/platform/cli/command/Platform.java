package io.platform.cli.command;

import io.platform.cli.client.ServerUrl;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** The whole command: words in, an exit code out; every error ends here, in words for the user. */
public final class Platform {
  private static final int HELP_WIDTH = 100;

  private Platform() {}

  /** How the command calls itself to servers. */
  public static String userAgent() {
    return "platform-cli/" + Version.NUMBER;
  }

  public static int run(Surroundings here, String... words) {
    try (var _ = here.connections()) {
      int exitCode = run(here, List.of(words));
      here.out().flush();
      return exitCode;
    }
  }

  private static int run(Surroundings here, List<String> words) {
    var first = words.isEmpty() ? "--help" : words.getFirst();
    return switch (first) {
      case "-h", "--help" -> new Root(here).help();
      case "help" -> words.size() == 1 ? new Root(here).help() : run(here, helpOf(words));
      default -> {
        var verb = Verbs.find(first, here);
        if (verb.isEmpty() && !first.startsWith("-")) {
          yield unknown(here, first);
        }
        yield commandLine(here, verb.stream().toList()).execute(words.toArray(String[]::new));
      }
    };
  }

  /** {@code help builds log} is {@code builds log --help}. */
  private static List<String> helpOf(List<String> words) {
    return Stream.concat(words.stream().skip(1), Stream.of("--help")).toList();
  }

  private static CommandLine commandLine(Surroundings here, List<Action> verbs) {
    return Verbs.commandLine(here, verbs)
        .setOut(writer(here.out()))
        .setErr(writer(here.err()))
        .setUsageHelpWidth(HELP_WIDTH)
        .setColorScheme(CommandLine.Help.defaultColorScheme(here.colours() ? Ansi.ON : Ansi.OFF))
        .setParameterExceptionHandler((problem, _) -> usage(here, problem))
        .setExecutionExceptionHandler((problem, line, _) -> failed(here, problem, line));
  }

  private static int unknown(Surroundings here, String word) {
    new Screen(here)
        .errors(List.of("There is no command \"" + word + "\".", "See: platform --help"));
    return ExitCode.USAGE;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static int usage(Surroundings here, ParameterException problem) {
    var verb = problem.getCommandLine().getCommandSpec().qualifiedName(" ");
    new Screen(here)
        .errors(List.of(String.valueOf(problem.getMessage()), "See: " + verb + " --help"));
    return ExitCode.USAGE;
  }

  private static int failed(Surroundings here, Exception problem, CommandLine line) {
    if (here.variable("PLATFORM_DEBUG").isPresent()) {
      problem.printStackTrace(here.err());
    }
    var server =
        line.getCommand() instanceof ServerAction action
            ? action.used()
            : Optional.<ServerUrl>empty();
    var failure = Failures.of(problem, server);
    new Screen(here).errors(failure.lines());
    return failure.exitCode();
  }
}
