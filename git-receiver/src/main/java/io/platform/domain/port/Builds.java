package io.platform.domain.port;

import io.platform.domain.AppId;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;
import io.platform.domain.InstanceId;
import io.platform.domain.Origin;
import io.platform.domain.Source;
import io.platform.domain.StoredObject;
import io.platform.slug.SecretSeed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The builds, whose rows decide everything: each method is one transaction, repeatable, and raises
 * {@link Topic.BuildChanged}.
 */
public interface Builds {
  /**
   * Takes the app's lock: one unsettled build per app. The build is the receiver's as long as it
   * renews its lease.
   *
   * @throws BuildInProgress where another build of the app is not settled
   */
  Build open(AppId app, Origin origin, InstanceId receiver) throws BuildInProgress;

  /**
   * Renews the lease of a build that is still received; does nothing with others. Raises no signal.
   */
  void renew(BuildId id);

  /**
   * Ends a build whose receiver is gone. Does nothing unless it is still received, and its lease is
   * still the one that was seen.
   *
   * @return whether this call ended it
   */
  boolean endAbandoned(Build seen, BuildEnd.Failed end);

  /**
   * From here on no restart loses the build. Does nothing where it is accepted already or has
   * ended.
   */
  void accept(BuildId id, Source source, Instant deadline);

  /**
   * Gives a build time until this deadline, where its own is earlier: it begins again, and what it
   * lost was not its fault. Does nothing where it has ended.
   */
  void extend(BuildId id, Instant deadline);

  /** The builder was launched. Does nothing unless the build is accepted. */
  void running(BuildId id);

  /**
   * Ends the build, unless it has ended. {@link BuildEnd.Succeeded} writes in the same transaction
   * the release vN with the app's config of this moment, {@code app.desired = vN} and the cache
   * pointer, and raises {@link Topic.AppChanged}.
   */
  Ended end(BuildId id, BuildEnd end);

  /** Frees the lock and closes the log. A repeat does nothing. */
  void settle(BuildId id, Build.Outcome outcome);

  /** The build in any status. */
  Optional<Build> find(BuildId id);

  /** The newest builds of an app, newest first. */
  List<Build> list(AppId app, int limit);

  /** The build that holds the app's lock. */
  Optional<Build> unsettled(AppId app);

  /** All builds that are not settled, oldest first. */
  List<Build> unsettled();

  /** Of the secrets that the build makes, and its release if it becomes the first one. */
  SecretSeed secretSeed(BuildId id);

  /** Settled builds whose log's rows are still there, settled before the given time. */
  List<Build> unarchived(Instant before);

  /** What the newest successful build left for the next one. */
  Optional<StoredObject> cache(AppId app);

  /** Lets the next build begin without a cache; returns what it would have got. */
  Optional<StoredObject> forgetCache(AppId app);

  /**
   * The answer to an end.
   *
   * @param first whether this call ended it, and not an earlier one
   * @param build the row now
   */
  record Ended(boolean first, Build build) {}

  /** Another build holds the app's lock. */
  final class BuildInProgress extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Build running;

    /** Names the build that runs. */
    public BuildInProgress(Build running) {
      super("build %s of this app is not finished".formatted(running.id()));
      this.running = running;
    }

    /** The build that holds the lock. */
    public Build running() {
      return running;
    }
  }
}
