package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.ServerUrl;
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

/** The whole command: words in, an exit code out; every error ends here, in words for the user. */
public final class Platform {
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
      case "-h", "--help" -> Verbs.root(here).help();
      case "help" -> words.size() == 1 ? Verbs.root(here).help() : run(here, helpOf(words));
      default -> {
        if (first.equals("git") && words.size() > 1 && words.get(1).equals("remote")) {
          yield run(here, Stream.concat(Stream.of("git:remote"), words.stream().skip(2)).toList());
        }
        var verb = Verbs.find(first, here);
        if (verb.isEmpty() && !first.startsWith("-")) {
          yield unknown(here, first);
        }
        var line = commandLine(here, verb.stream().toList());
        if (words.contains("--help") || words.contains("-h")) {
          yield help(here, line, words);
        }
        yield line.execute(words.toArray(String[]::new));
      }
    };
  }

  private static int help(Surroundings here, CommandLine line, List<String> words) {
    var text = new StringWriter();
    int exitCode =
        line.setUsageHelpWidth(HelpText.UNBROKEN)
            .setOut(new PrintWriter(text))
            .execute(words.toArray(String[]::new));
    here.out().print(HelpText.wrapped(text.toString(), here.helpWidth()));
    return exitCode;
  }

  /** {@code help builds log} is {@code builds log --help}. */
  private static List<String> helpOf(List<String> words) {
    return Stream.concat(words.stream().skip(1), Stream.of("--help")).toList();
  }

  private static CommandLine commandLine(Surroundings here, List<Action> verbs) {
    return Verbs.commandLine(here, verbs)
        .setOut(writer(here.out()))
        .setErr(writer(here.err()))
        .setColorScheme(CommandLine.Help.defaultColorScheme(here.colours() ? Ansi.ON : Ansi.OFF))
        .setParameterExceptionHandler((problem, _) -> usage(here, problem))
        .setExecutionExceptionHandler((problem, line, _) -> failed(here, problem, line));
  }

  private static int unknown(Surroundings here, String word) {
    var lines = new ArrayList<String>();
    lines.add("There is no command \"" + word + "\".");
    Verbs.meantBy(word).map(Suggestions::didYouMean).ifPresent(lines::add);
    lines.add("See: platform --help");
    new Screen(here).errors(lines);
    return ExitCode.USAGE;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static int usage(Surroundings here, ParameterException problem) {
    var verb = problem.getCommandLine().getCommandSpec().qualifiedName(" ");
    var lines = new ArrayList<String>();
    lines.add(String.valueOf(problem.getMessage()));
    if (problem instanceof UnmatchedArgumentException unmatched) {
      meantBy(unmatched).map(Suggestions::didYouMean).ifPresent(lines::add);
    }
    lines.add("See: " + verb + " --help");
    new Screen(here).errors(lines);
    return ExitCode.USAGE;
  }

  /** Of the options and the verbs that could stand there. */
  private static Optional<String> meantBy(UnmatchedArgumentException problem) {
    var word = problem.getUnmatched().getFirst();
    var line = problem.getCommandLine();
    if (!word.startsWith("-")) {
      return Suggestions.nearest(word, line.getSubcommands().keySet());
    }
    var name = word.replaceFirst("=.*", "");
    return Suggestions.nearest(name, line.getCommandSpec().optionsMap().keySet());
  }

  private static int failed(Surroundings here, Exception problem, CommandLine line) {
    if (here.variable("PLATFORM_DEBUG").isPresent()) {
      var stack = new StringWriter();
      problem.printStackTrace(new PrintWriter(stack));
      here.err().print(PrintableText.of(stack.toString(), here.colours()));
    }
    var server =
        line.getCommand() instanceof ServerAction action
            ? action.used()
            : Optional.<ServerUrl>empty();
    var failure = Failures.of(problem, server);
    var lines = new ArrayList<>(failure.lines());
    if (problem instanceof ClientException.NotFound
        && line.getCommand() instanceof ServerAction action) {
      action.meant().map(Suggestions::didYouMean).ifPresent(lines::add);
    }
    new Screen(here).errors(lines);
    return failure.exitCode();
  }
}
