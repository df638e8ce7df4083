package io.platform.cli.command;

import io.platform.cli.client.Logins;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A verb of the command. Its options and arguments are fields, made by the methods here and not by
 * annotations: reading those takes as long as the JVM takes to start.
 */
abstract class Command implements Callable<Integer> {
  final CommandContext context;
  private final CommandSpec spec;
  private List<Command> inner = List.of();

  Command(CommandContext context, String name, String... description) {
    this.context = context;
    this.spec = CommandSpec.wrapWithoutInspection(this).name(name);
    spec.usageMessage().description(description);
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .type(boolean.class)
            .arity("0")
            .description("Show this help.")
            .build());
  }

  final CommandSpec spec() {
    return spec;
  }

  /** The verbs under this one. */
  final Command with(Command... verbs) {
    inner = List.of(verbs);
    return this;
  }

  final CommandLine commandLine() {
    var command = new CommandLine(spec);
    inner.forEach(it -> command.addSubcommand(it.commandLine()));
    return command;
  }

  final String name() {
    return spec.name();
  }

  /** What it does, in a sentence. */
  final String summary() {
    return spec.usageMessage().description()[0];
  }

  final OptionValue<Boolean> flag(String description, String... names) {
    return add(
        OptionSpec.builder(names).type(boolean.class).arity("0").description(description).build());
  }

  final OptionValue<String> option(String label, String description, String... names) {
    return add(named(label, description, names).type(String.class).build());
  }

  final OptionValue<Integer> number(String label, String description, String... names) {
    return add(named(label, description, names).type(Integer.class).build());
  }

  final OptionValue<String> requiredChoice(
      String label, String description, List<String> choices, String... names) {
    return add(
        named(label, description, names)
            .type(String.class)
            .required(true)
            .completionCandidates(choices)
            .build());
  }

  private static OptionSpec.Builder named(String label, String description, String... names) {
    return OptionSpec.builder(names).paramLabel(label).description(description);
  }

  final OptionValue<Boolean> json() {
    return flag("Print JSON, as the server tells it.", "--json");
  }

  final OptionValue<String> argument(String label, String description) {
    return add(positional(label, description, "1").type(String.class).build());
  }

  final OptionValue<String> optional(String label, String description) {
    return add(positional(label, description, "0..1").type(String.class).build());
  }

  final OptionValue<String> choice(String label, String description, List<String> choices) {
    return add(
        positional(label, description, "1")
            .type(String.class)
            .completionCandidates(choices)
            .build());
  }

  static String oneOf(List<String> choices, String given, String what) {
    if (!choices.contains(given)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "There is no "
              + what
              + " \""
              + given
              + "\"; choose one of "
              + String.join(", ", choices)
              + ".");
    }
    return given;
  }

  final OptionValue<List<String>> arguments(String label, String description) {
    return add(
        positional(label, description, "1..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build());
  }

  private static PositionalParamSpec.Builder positional(
      String label, String description, String arity) {
    return PositionalParamSpec.builder()
        .paramLabel(label)
        .description(description)
        .arity(arity)
        .required(!arity.startsWith("0"));
  }

  private <T> OptionValue<T> add(ArgSpec argument) {
    spec.add(argument);
    return new OptionValue<>(argument);
  }

  final boolean isHidden() {
    return spec.usageMessage().hidden();
  }

  final void hide() {
    spec.usageMessage().hidden(true);
  }

  /**
   * The action under whose name this one was called, such as {@code builds} of {@code builds log}.
   */
  final <T extends Command> Optional<T> outer(Class<T> kind) {
    return Optional.ofNullable(spec.parent())
        .map(CommandSpec::userObject)
        .filter(kind::isInstance)
        .map(kind::cast);
  }

  /** The screen, made when something is to be said. */
  final Console screen() {
    return new Console(context);
  }

  final Logins logins() {
    return new Logins(context.configDirectory());
  }

  final Git git() {
    return new Git(context);
  }
}
