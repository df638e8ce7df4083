package io.platform.domain.port;

import io.platform.domain.AppId;
import io.platform.domain.DrainId;
import io.platform.domain.DrainLimits;
import io.platform.domain.DrainUrl;
import io.platform.domain.InstanceId;
import io.platform.domain.LogDrain;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The log drains of apps. Each is delivered by one program at a time, its owner, which renews its
 * claim. Adding and removing raise {@link Topic.AppChanged}.
 */
public interface LogDrains {
  /** The result of adding a drain. */
  sealed interface Added {
    /** It was added. */
    record Drain(LogDrain drain) implements Added {}

    /** The app has one with this URL. */
    record Exists(LogDrain drain) implements Added {}

    /** The app has as many as it may have. */
    record TooMany() implements Added {}
  }

  /** Adds a drain to an app. */
  Added add(AppId app, DrainUrl url, String user, DrainLimits limits);

  /** Those of an app, the oldest first. */
  List<LogDrain> of(AppId app);

  /** Removes a drain; false where the app has none with this id. */
  boolean remove(AppId app, DrainId drain);

  /**
   * Makes the caller the owner of all drains of active apps that have none, or whose owner's claim
   * has ended, and renews the claims that it has.
   *
   * @param until when the claim ends, unless it is renewed
   * @param alone whether no other program delivers, so that all claims of others are void
   * @return all that it owns now, with how far they are
   */
  List<LogDrain> claim(InstanceId owner, Instant until, boolean alone);

  /** Writes how far drains are, as far as the owner still owns them. */
  void report(InstanceId owner, Map<DrainId, LogDrain.Progress> progress);

  /** Ends the owner's claims on these. */
  void release(InstanceId owner, Collection<DrainId> drains);
}
