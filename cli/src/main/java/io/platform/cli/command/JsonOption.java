package io.platform.cli.command;

import picocli.CommandLine.Option;

/** The option of every verb that reads. */
final class JsonOption {
  @Option(names = "--json", description = "Print JSON, as the server tells it.")
  boolean wanted;
}
