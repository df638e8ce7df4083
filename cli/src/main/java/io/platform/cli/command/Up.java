package io.platform.cli.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code platform up}, which the start script hands to the server; here for help and completion.
 */
@Command(name = "up", description = "Run the whole platform on this machine, until Ctrl-C.")
final class Up extends Action {
  @Option(names = "--port", paramLabel = "PORT", description = "Where it listens (default: 8080).")
  @Nullable Integer port;

  @Option(names = "--data", paramLabel = "DIR", description = "Where it keeps everything.")
  @Nullable Path data;

  Up(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() {
    throw new Failure(
        ExitCode.USAGE,
        "The server is started by the `platform` script at the root of a checkout, and not by this jar.",
        "Run ./platform up there.");
  }
}
