package io.platform.build.intake;

import io.platform.buildlog.BuildLog;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.SourceFormat;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes the source of an opened build. {@link BuildIntake} calls the methods in their order.
 *
 * @param <R> thrown where the source must not become an app
 */
public interface SourceWriter<R extends Exception> {
  /** The build's log, where the intake says what happens to the source. */
  BuildLog log();

  /** Writes the first lines of the log. */
  void begin();

  /**
   * Writes the source as an archive; leaves the output open. Called again, from the beginning,
   * where the object store failed.
   */
  SourceFormat write(OutputStream out) throws IOException, R;

  /** The source is stored; the build is accepted next. */
  void stored() throws IOException, R;

  /**
   * The build is not accepted. Says why in the log, and what to do.
   *
   * @param why what one of these methods threw, or {@link StoreFailed}, {@link
   *     InterruptedException} or an error of the database
   */
  BuildFailureCause notAccepted(Throwable why);
}
