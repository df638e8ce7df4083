package io.platform.failure;

import io.platform.domain.ProcessName;

/** Says to users why they are not connected to a port of a process. */
public final class PortMessages {
  private PortMessages() {}

  /** Nothing of the process listens there. */
  public static String notListening(ProcessName process, int port) {
    return "%s does not listen on port %d. A web process listens on the port that its variable PORT has."
        .formatted(process, port);
  }

  /** They named no port, and the process has none of its own. */
  public static String noOwnPort(ProcessName process) {
    return "%s has no PORT, as only web processes have: name a port of it.".formatted(process);
  }
}
