package io.platform.bootstrap;

import io.platform.commons.console.LineFormat;
import io.platform.commons.settings.InvalidSettings;
import io.platform.commons.shutdown.ShutdownLimits;
import java.io.PrintStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server's process from its start to its orderly stop. */
public final class ServerProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
  private static final int COULD_NOT_START = 1;

  private ServerProcess() {}

  /** Starts what serves until its parts are closed. */
  @FunctionalInterface
  public interface Start {
    /** Returns when it serves. What it added to the parts is closed also where it fails. */
    void start(ResourceStack parts) throws Exception;
  }

  /**
   * Starts, waits for SIGTERM, stops.
   *
   * @return the exit status
   */
  public static int run(String name, PrintStream errors, Start start) throws InterruptedException {
    try (StopSignal signal = StopSignal.install(ShutdownLimits.ofPod());
        ResourceStack parts = new ResourceStack(ShutdownLimits.ofPod())) {
      parts.add("collection of unused memory", UnusedMemory.start());
      try {
        start.start(parts);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        return explain(e, errors);
      } catch (Error e) {
        return broken(name, e);
      }
      LOG.info("{} serves", name);
      signal.await();
      LOG.info("{} stops", name);
      return 0;
    }
  }

  /**
   * Logs an error of the program's own or of its installation, which ends it: threads that it has
   * started would keep it from ending by itself.
   *
   * @return the exit status
   */
  public static int broken(String name, Error error) {
    LOG.error("{} ends because of an error of its own", name, error);
    return COULD_NOT_START;
  }

  /**
   * Tells the operator why a program could not start, in sentences.
   *
   * @return the exit status
   */
  public static int explain(Exception e, PrintStream errors) {
    String sentence =
        e.getMessage() == null
            ? "The platform could not start, for a reason that it does not know."
            : e.getMessage();
    sentence.lines().forEach(line -> errors.println(LineFormat.error(line)));
    if (!(e instanceof StartupException || e instanceof InvalidSettings)) {
      LOG.debug("the cause", e);
    }
    return COULD_NOT_START;
  }
}
