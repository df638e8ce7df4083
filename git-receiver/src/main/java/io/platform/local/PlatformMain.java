package io.platform.local;

import io.platform.server.Program;
import io.platform.server.StartFailed;
import io.platform.server.StopSignal;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * The program behind {@code platform up}; started by the platform script, which says where the
 * checkout is.
 */
public final class PlatformMain {
  private PlatformMain() {}

  /** Runs until it is told to stop. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(arguments, Decoration.NONE));
  }

  static int run(String[] arguments, Decoration decoration) throws InterruptedException {
    try (StopSignal stop = StopSignal.install()) {
      Installation installation =
          Installation.at(
              Path.of(System.getProperty("platform.home", ".")).toAbsolutePath().normalize(),
              Path.of(System.getProperty("java.home")));
      UpCommand up = new UpCommand(System.getenv(), installation, System.out, stop, decoration);
      return new CommandLine(up)
          .setExecutionExceptionHandler((e, line, parsed) -> Program.explain(e, System.err))
          .execute(arguments);
    } catch (StartFailed e) {
      return Program.explain(e, System.err);
    }
  }
}
