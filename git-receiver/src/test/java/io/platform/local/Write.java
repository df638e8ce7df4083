package io.platform.local;

import io.platform.domain.port.Builds;
import io.platform.domain.port.Releases;
import io.platform.git.repository.Repositories;
import io.platform.support.PortMethod;
import java.lang.reflect.Method;

/** The writes in a build's life, in their order, each with the call right before or behind it. */
enum Write {
  OPENED(Side.AFTER, PortMethod.of(Builds::open)),
  PINNED(Side.AFTER, PortMethod.of(Repositories::pin)),
  SOURCE_STORED(Side.BEFORE, PortMethod.of(Builds::accept)),
  ACCEPTED(Side.AFTER, PortMethod.of(Builds::accept)),
  LAUNCHED(Side.AFTER, PortMethod.of(Builds::running)),
  SLUG_STORED(Side.BEFORE, PortMethod.of(Builds::end)),
  RELEASED(Side.AFTER, PortMethod.of(Builds::end)),
  COMMAND_STARTED(Side.AFTER, PortMethod.of(Releases::releaseCommandStarted)),
  COMMAND_ENDED(Side.AFTER, PortMethod.of(Releases::releaseCommandEnded)),
  ROLLED_OUT(Side.AFTER, PortMethod.of(Releases::rolledOut)),
  REF_MOVED(Side.AFTER, PortMethod.of(Repositories::move)),
  SETTLED(Side.AFTER, PortMethod.of(Builds::settle));

  private final Side side;

  @SuppressWarnings("ImmutableEnumChecker") // Nothing is changed about it.
  private final Method call;

  Write(Side side, Method call) {
    this.side = side;
    this.call = call;
  }

  /** The side of a call on which a write has just happened. */
  enum Side {
    BEFORE,
    AFTER
  }

  /** Whether this write has happened and the next one has not. */
  boolean isAt(Side of, Method method) {
    return side == of && call.equals(method);
  }

  /** Whether the build survives a kill right after this write. */
  boolean isReleased() {
    return compareTo(ACCEPTED) >= 0;
  }

  /**
   * Whether the push does. One whose release command was interrupted is rejected: nobody runs the
   * command again.
   */
  boolean isDeployed() {
    return isReleased() && this != COMMAND_STARTED;
  }
}
