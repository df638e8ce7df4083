package io.platform.cli;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.ServerUrl;
import io.platform.cli.command.Command;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailures;
import io.platform.cli.command.Console;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.ServerCommand;
import io.platform.cli.command.Suggestions;
import io.platform.cli.command.help.HelpText;
import io.platform.cli.command.help.VersionCommand;
import io.platform.cli.terminal.PrintableText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a command line and returns its exit code; every error becomes a message for the user here.
 */
public final class CommandRunner {
  private CommandRunner() {}

  /** How the command calls itself to servers. */
  public static String userAgent() {
    return "platform-cli/" + VersionCommand.NUMBER;
  }

  public static int run(CommandContext context, String... words) {
    try (var _ = context.clients()) {
      int exitCode = run(context, List.of(words));
      context.out().flush();
      return exitCode;
    }
  }

  private static int run(CommandContext context, List<String> words) {
    var first = words.isEmpty() ? "--help" : words.getFirst();
    return switch (first) {
      case "-h", "--help" -> Commands.root(context).help();
      case "help" ->
          words.size() == 1 ? Commands.root(context).help() : run(context, helpOf(words));
      default -> {
        if (first.equals("git") && words.size() > 1 && words.get(1).equals("remote")) {
          yield run(
              context, Stream.concat(Stream.of("git:remote"), words.stream().skip(2)).toList());
        }
        var command = Commands.find(first, context);
        if (command.isEmpty() && !first.startsWith("-")) {
          yield unknown(context, first);
        }
        var line = commandLine(context, command.stream().toList());
        if (asksForHelp(words)) {
          yield help(context, line, words);
        }
        yield line.execute(words.toArray(String[]::new));
      }
    };
  }

  /** What follows the name of a command that runs another one may be for that. */
  private static boolean asksForHelp(List<String> words) {
    var own = Commands.runsOthers(words.getFirst()) ? words.stream().limit(2).toList() : words;
    return own.contains("--help") || own.contains("-h");
  }

  private static int help(CommandContext context, CommandLine line, List<String> words) {
    var text = new StringWriter();
    int exitCode =
        line.setUsageHelpWidth(HelpText.UNBROKEN)
            .setOut(new PrintWriter(text))
            .execute(words.toArray(String[]::new));
    context.out().print(HelpText.wrapped(text.toString(), context.helpWidth()));
    return exitCode;
  }

  /** {@code help builds log} is {@code builds log --help}. */
  private static List<String> helpOf(List<String> words) {
    return Stream.concat(words.stream().skip(1), Stream.of("--help")).toList();
  }

  private static CommandLine commandLine(CommandContext context, List<Command> commands) {
    return Commands.commandLine(context, commands)
        .setOut(writer(context.out()))
        .setErr(writer(context.err()))
        .setColorScheme(CommandLine.Help.defaultColorScheme(context.colours() ? Ansi.ON : Ansi.OFF))
        .setParameterExceptionHandler((problem, _) -> usage(context, problem))
        .setExecutionExceptionHandler((problem, line, _) -> failed(context, problem, line));
  }

  private static int unknown(CommandContext context, String word) {
    var lines = new ArrayList<String>();
    lines.add("There is no command \"" + word + "\".");
    Commands.meantBy(word).map(Suggestions::didYouMean).ifPresent(lines::add);
    lines.add("See: platform --help");
    new Console(context).errors(lines);
    return ExitCode.USAGE;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static int usage(CommandContext context, ParameterException problem) {
    var command = problem.getCommandLine().getCommandSpec().qualifiedName(" ");
    var lines = new ArrayList<String>();
    lines.add(String.valueOf(problem.getMessage()));
    if (problem instanceof UnmatchedArgumentException unmatched) {
      meantBy(unmatched).map(Suggestions::didYouMean).ifPresent(lines::add);
    }
    lines.add("See: " + command + " --help");
    new Console(context).errors(lines);
    return ExitCode.USAGE;
  }

  /** Of the options and the commands that could stand there. */
  private static Optional<String> meantBy(UnmatchedArgumentException problem) {
    var word = problem.getUnmatched().getFirst();
    var line = problem.getCommandLine();
    if (!word.startsWith("-")) {
      return Suggestions.nearest(word, line.getSubcommands().keySet());
    }
    var name = word.replaceFirst("=.*", "");
    return Suggestions.nearest(name, line.getCommandSpec().optionsMap().keySet());
  }

  private static int failed(CommandContext context, Exception problem, CommandLine line) {
    if (context.variable("PLATFORM_DEBUG").isPresent()) {
      var stack = new StringWriter();
      problem.printStackTrace(new PrintWriter(stack));
      context.err().print(PrintableText.of(stack.toString(), context.errorColours()));
    }
    var server =
        line.getCommand() instanceof ServerCommand command
            ? command.used()
            : Optional.<ServerUrl>empty();
    var failure = CommandFailures.of(problem, server);
    var lines = new ArrayList<>(failure.lines());
    if (problem instanceof ClientException.NotFound
        && line.getCommand() instanceof ServerCommand command) {
      command.meant().map(Suggestions::didYouMean).ifPresent(lines::add);
    }
    new Console(context).errors(lines);
    return failure.exitCode();
  }
}
