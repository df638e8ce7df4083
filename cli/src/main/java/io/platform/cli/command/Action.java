package io.platform.cli.command;

import io.platform.cli.client.Logins;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A verb of the command. */
abstract class Action implements Callable<Integer> {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Spec @Nullable CommandSpec spec;

  final Surroundings here;

  Action(Surroundings here) {
    this.here = here;
  }

  /** The screen, made when something is to be said. */
  final Screen screen() {
    return new Screen(here);
  }

  final Logins logins() {
    return new Logins(here.configDirectory());
  }

  final Git git() {
    return new Git(here);
  }

  /**
   * The action under whose name this one was called, such as {@code builds} of {@code builds log}.
   */
  final @Nullable Object parent() {
    return spec == null || spec.parent() == null ? null : spec.parent().userObject();
  }
}
