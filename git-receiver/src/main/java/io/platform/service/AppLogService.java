package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.LogQuery;
import io.platform.domain.port.ProcessLogSink;
import io.platform.domain.port.ProcessLogs;
import java.io.IOException;

/** Reading the logs of apps. */
public final class AppLogService {
  private final AppAccess access;
  private final ProcessLogs logs;
  private final LogReaders readers;

  /** Through these; so many read at the same time as the limits say. */
  public AppLogService(AppAccess access, ProcessLogs logs, LogReaderLimits limits) {
    this.access = access;
    this.logs = logs;
    this.readers = new LogReaders(limits);
  }

  /** A reading that may begin; to be closed when it has ended. */
  public final class Reading implements AutoCloseable {
    private final App app;
    private final LogReaders.Place place;

    private Reading(App app, LogReaders.Place place) {
      this.app = app;
      this.place = place;
    }

    /** See {@link ProcessLogs#read}. */
    public void read(LogQuery query, ProcessLogSink sink) throws IOException, InterruptedException {
      logs.read(app, query, sink);
    }

    @Override
    public void close() {
      place.close();
    }
  }

  /**
   * Lets a viewer of the app read.
   *
   * @throws RequestRefused where the user does not see the app, or reads as much as one user may
   */
  public Reading open(Principal user, AppPath path) {
    return new Reading(access.app(user, path, Role.VIEWER), readers.enter(user.name()));
  }

  /**
   * Whether a user may go on reading.
   *
   * @throws RequestRefused where that is not so
   */
  public void check(Principal user, AppPath path) {
    access.app(user, path, Role.VIEWER);
  }
}
