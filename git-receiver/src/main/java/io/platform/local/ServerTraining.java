package io.platform.local;

import io.platform.bootstrap.StopSignal;
import io.platform.commons.file.Directories;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Starts and stops the platform on a new data directory: the run that an AOT cache is made from.
 */
final class ServerTraining {
  private ServerTraining() {}

  /** Returns the exit status of {@code platform up}. */
  static int run(InstalledPrograms programs, StopSignal stop, PrintStream out, PrintStream errors)
      throws IOException {
    Path data = Files.createTempDirectory("server-training");
    try {
      PlatformStarter starter =
          (config, port, password) -> {
            LocalPlatform platform = LocalPlatform.start(config, port, password);
            stop.send();
            return platform;
          };
      return new UpCommand(Map.of(), programs, out, stop, starter)
          .execute(errors, "--data", data.toString(), "--port", "0");
    } finally {
      Directories.delete(data);
    }
  }
}
