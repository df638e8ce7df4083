package io.platform.cli.command.help;

import io.platform.cli.command.LiveNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completion for fish: one {@code complete} line for each command and option, with its description.
 */
final class FishCompletion {
  private static final String VERB_IS = "__platform_verb_is";

  private static final Set<String> LIVE =
      Stream.of(LiveNames.values()).map(LiveNames::function).collect(Collectors.toSet());

  private final List<String> lines = new ArrayList<>();
  private final CommandLine whole;

  FishCompletion(CommandLine whole) {
    this.whole = whole;
  }

  String script() {
    lines.add("# fish completion for platform: platform completion fish | source");
    lines.add(
        "function "
            + VERB_IS
            + " --description 'Are these the commands on the command line so far?'");
    lines.add("    set -l words (commandline -opc)");
    lines.add("    set -l commands");
    lines.add("    for word in $words[2..]");
    lines.add("        string match -q -- '-*' $word; or set -a commands $word");
    lines.add("    end");
    lines.add("    test (count $commands) -ge (count $argv); or return 1");
    lines.add("    test (count $argv) -gt 0; or test (count $commands) -eq 0; or return 1");
    lines.add("    for i in (seq (count $argv))");
    lines.add("        test \"$commands[$i]\" = \"$argv[$i]\"; or return 1");
    lines.add("    end");
    lines.add("end");
    addLiveNames();
    lines.add("complete -c platform -f");
    add(whole, "");
    return String.join("\n", lines) + "\n";
  }

  /** They ask for the app that the command line names; nothing is said where that fails. */
  private void addLiveNames() {
    lines.add("function __platform_names --description 'Names from the server'");
    lines.add("    set -l words (commandline -opc)");
    lines.add("    set -l named");
    lines.add("    for i in (seq 2 (math (count $words) - 1))");
    lines.add("        if contains -- $words[$i] -a --app -r --remote --server");
    lines.add("            set -a named $words[$i] $words[(math $i + 1)]");
    lines.add("        end");
    lines.add("    end");
    lines.add("    $words[1] $argv[1] --names $named 2>/dev/null </dev/null");
    lines.add("end");
    for (var names : LiveNames.values()) {
      lines.add("function " + names.function());
      lines.add(
          "    __platform_names "
              + names.command()
              + (names == LiveNames.TYPES ? " | string match -v '*.*'" : ""));
      lines.add("end");
    }
  }

  private void add(CommandLine command, String commands) {
    var where = "complete -c platform -n " + quoted(VERB_IS + commands);
    var inner =
        command.getSubcommands().values().stream()
            .distinct()
            .filter(it -> !it.getCommandSpec().usageMessage().hidden())
            .toList();
    for (var each : inner) {
      lines.add(
          where
              + " -a "
              + each.getCommandName()
              + " -d "
              + quoted(first(each.getCommandSpec().usageMessage().description())));
    }
    for (var option : command.getCommandSpec().options()) {
      lines.add(where + option(option));
    }
    for (var positional : command.getCommandSpec().positionalParameters()) {
      candidates(positional.completionCandidates())
          .ifPresent(it -> lines.add(where + " -a " + quoted(it)));
    }
    inner.forEach(it -> add(it, commands + " " + it.getCommandName()));
  }

  private static String option(OptionSpec option) {
    var text = new StringBuilder();
    for (var name : option.names()) {
      text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    if (option.arity().max() > 0) {
      text.append(option.type() == Path.class ? " -r -F" : " -x");
      candidates(option.completionCandidates())
          .ifPresent(it -> text.append(" -a ").append(quoted(it)));
    }
    var description =
        first(option.description()).replace("${COMPLETION-CANDIDATES}", "One of these");
    return text
        + " -d "
        + quoted(description.replaceFirst(" \\(default: \\$\\{DEFAULT-VALUE}\\)", ""));
  }

  private static Optional<String> candidates(@Nullable Iterable<String> words) {
    return Optional.ofNullable(words)
        .map(it -> StreamSupport.stream(it.spliterator(), false).collect(Collectors.joining(" ")))
        .map(it -> LIVE.contains(it) ? "(" + it + ")" : it)
        .filter(it -> !it.isEmpty());
  }

  private static String first(String[] lines) {
    return lines.length == 0 ? "" : lines[0];
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
