package io.platform.local;

import io.platform.settings.BadSettings;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/**
 * The program behind {@code platform up}; started by the platform script, which says where the
 * checkout is.
 */
public final class PlatformMain {
  private static final int COULD_NOT_START = 1;

  private PlatformMain() {}

  /** Runs until it is told to stop. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(arguments, Decoration.NONE));
  }

  static int run(String[] arguments, Decoration decoration) throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().name("stop").unstarted(() -> stopAndWait(stop, stopped)));
    try {
      Installation installation =
          Installation.at(
              Path.of(System.getProperty("platform.home", ".")).toAbsolutePath().normalize(),
              Path.of(System.getProperty("java.home")));
      UpCommand up = new UpCommand(System.getenv(), installation, System.out, stop, decoration);
      return new CommandLine(up)
          .setExecutionExceptionHandler((e, line, parsed) -> explain(e))
          .execute(arguments);
    } catch (UpFailed e) {
      return explain(e);
    } finally {
      stopped.countDown();
    }
  }

  private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int explain(Exception e) {
    String sentence =
        e instanceof UpFailed || e instanceof BadSettings || e.getMessage() != null
            ? String.valueOf(e.getMessage())
            : "The platform could not start, for a reason that it does not know.";
    sentence.lines().forEach(line -> System.err.println(" !     " + line));
    if (!(e instanceof UpFailed || e instanceof BadSettings)) {
      org.slf4j.LoggerFactory.getLogger(PlatformMain.class).debug("the cause", e);
    }
    return COULD_NOT_START;
  }
}
