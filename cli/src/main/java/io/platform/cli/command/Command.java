package io.platform.cli.command;

import io.platform.cli.client.LoginStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command of the CLI. Its options and arguments are fields, made by the methods here and not by
 * annotations: reading those takes as long as the JVM takes to start.
 */
public abstract class Command implements Callable<Integer> {
  public final CommandContext context;
  private final CommandSpec spec;
  private List<Command> subcommands = List.of();

  @SuppressWarnings("this-escape") // picocli only keeps the reference until it parses
  public Command(CommandContext context, String name, String... description) {
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

  /** Whatever follows the first argument is an argument, too: those of another command. */
  protected final void stopAtArguments() {
    spec.parser().stopAtPositional(true);
  }

  /** The commands under this one. */
  public final Command with(Command... commands) {
    subcommands = List.of(commands);
    return this;
  }

  public final CommandLine commandLine() {
    var command = new CommandLine(spec);
    subcommands.forEach(it -> command.addSubcommand(it.commandLine()));
    return command;
  }

  public final String name() {
    return spec.name();
  }

  /** What it does, in a sentence. */
  public final String summary() {
    return spec.usageMessage().description()[0];
  }

  public final OptionValue<Boolean> flag(String description, String... names) {
    return add(
        OptionSpec.builder(names).type(boolean.class).arity("0").description(description).build());
  }

  public final OptionValue<String> option(String label, String description, String... names) {
    return add(named(label, description, names).type(String.class).build());
  }

  /** An option whose value the shell completes. */
  public final OptionValue<String> option(
      String label, String description, LiveNames values, String... names) {
    return add(
        named(label, description, names)
            .type(String.class)
            .completionCandidates(values.candidates())
            .build());
  }

  /** An option whose value may be one of these. */
  public final OptionValue<String> option(
      String label, String description, List<String> choices, String... names) {
    return add(
        named(label, description, names).type(String.class).completionCandidates(choices).build());
  }

  /** An option that may be given several times. */
  public final OptionValue<List<String>> options(
      String label, String description, String... names) {
    return add(
        named(label, description, names)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("1")
            .build());
  }

  public final OptionValue<Integer> number(String label, String description, String... names) {
    return add(named(label, description, names).type(Integer.class).build());
  }

  public final OptionValue<String> requiredChoice(
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

  public final OptionValue<Boolean> json() {
    return flag("Print JSON, as the server tells it.", "--json");
  }

  /** An argument that the shell completes. */
  public final OptionValue<String> argument(String label, String description, LiveNames names) {
    return add(
        positional(label, description, "1")
            .type(String.class)
            .completionCandidates(names.candidates())
            .build());
  }

  public final OptionValue<String> argument(String label, String description) {
    return add(positional(label, description, "1").type(String.class).build());
  }

  /** As {@link #argument(String, String, LiveNames)}, but it need not be there. */
  public final OptionValue<String> optional(String label, String description, LiveNames names) {
    return add(
        positional(label, description, "0..1")
            .type(String.class)
            .completionCandidates(names.candidates())
            .build());
  }

  public final OptionValue<String> optional(String label, String description) {
    return add(positional(label, description, "0..1").type(String.class).build());
  }

  public final OptionValue<String> choice(String label, String description, List<String> choices) {
    return add(
        positional(label, description, "1")
            .type(String.class)
            .completionCandidates(choices)
            .build());
  }

  public static String oneOf(List<String> choices, String given, String what) {
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

  public final OptionValue<List<String>> arguments(String label, String description) {
    return add(
        positional(label, description, "1..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build());
  }

  /** Arguments that the shell completes. */
  public final OptionValue<List<String>> arguments(
      String label, String description, LiveNames names) {
    return add(
        positional(label, description, "1..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .completionCandidates(names.candidates())
            .build());
  }

  /** As {@link #arguments(String, String, LiveNames)}, but there may be none. */
  public final OptionValue<List<String>> anyArguments(
      String label, String description, LiveNames names) {
    return add(
        positional(label, description, "0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .completionCandidates(names.candidates())
            .build());
  }

  /** As {@link #arguments}, but there may be none. */
  public final OptionValue<List<String>> anyArguments(String label, String description) {
    return add(
        positional(label, description, "0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build());
  }

  /** All arguments after the first one, which is one of its own; there may be none. */
  public final OptionValue<List<String>> furtherArguments(String label, String description) {
    return add(
        positional(label, description, "0..*")
            .index("1..*")
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

  public final boolean isHidden() {
    return spec.usageMessage().hidden();
  }

  public final void hide() {
    spec.usageMessage().hidden(true);
  }

  /**
   * The command under whose name this one was called, such as {@code builds} of {@code builds log}.
   */
  final <T extends Command> Optional<T> parent(Class<T> kind) {
    return Optional.ofNullable(spec.parent())
        .map(CommandSpec::userObject)
        .filter(kind::isInstance)
        .map(kind::cast);
  }

  /** The console, made when there is something to print. */
  public final Console console() {
    return new Console(context);
  }

  public final LoginStore logins() {
    return new LoginStore(context.configDirectory());
  }

  public final Git git() {
    return new Git(context);
  }
}
