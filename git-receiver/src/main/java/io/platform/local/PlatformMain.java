package io.platform.local;

import io.platform.bootstrap.ServerProcess;
import io.platform.bootstrap.StartupException;
import io.platform.bootstrap.StopSignal;
import io.platform.commons.shutdown.ShutdownLimits;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The program behind {@code platform up}; started by the platform script, which says where the
 * checkout is.
 */
public final class PlatformMain {
  private PlatformMain() {}

  /** Runs until it is told to stop. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(arguments, LocalPlatform::start));
  }

  static int run(String[] arguments, PlatformStarter starter) throws InterruptedException {
    try (StopSignal stop = StopSignal.install(ShutdownLimits.ofMachine())) {
      if (arguments.length == 1 && arguments[0].equals("--train")) {
        return ServerTraining.run(programs(), stop, System.out, System.err);
      }
      UpCommand up = new UpCommand(System.getenv(), programs(), System.out, stop, starter);
      return up.execute(System.err, arguments);
    } catch (StartupException | IOException e) {
      return ServerProcess.explain(e, System.err);
    } catch (Error e) {
      return ServerProcess.broken("the platform", e);
    }
  }

  private static InstalledPrograms programs() throws StartupException {
    return InstalledPrograms.at(
        Path.of(System.getProperty("platform.home", ".")).toAbsolutePath().normalize(),
        Path.of(System.getProperty("java.home")));
  }
}
