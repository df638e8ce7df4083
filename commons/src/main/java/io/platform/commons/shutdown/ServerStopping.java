package io.platform.commons.shutdown;

import java.io.IOException;

/** A request ends early because its server stops. */
public final class ServerStopping extends IOException {
  private static final long serialVersionUID = 1L;

  ServerStopping() {
    super("the server is stopping");
  }
}
