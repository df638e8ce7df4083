package io.platform.cli.command;

import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;

/** The value that the user gave for an option or an argument. */
public final class OptionValue<T> {
  private final ArgSpec argument;

  OptionValue(ArgSpec argument) {
    this.argument = argument;
  }

  public Optional<T> get() {
    return Optional.ofNullable(argument.<T>getValue());
  }

  public T or(T otherwise) {
    return get().orElse(otherwise);
  }

  /** Of an argument that has to be there. */
  public T required() {
    return get().orElseThrow();
  }

  /** Of a flag. */
  public boolean given() {
    return Boolean.TRUE.equals(argument.getValue());
  }
}
