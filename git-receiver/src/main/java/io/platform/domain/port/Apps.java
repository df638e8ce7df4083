package io.platform.domain.port;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.AppOptions;
import io.platform.domain.AppPath;
import io.platform.domain.AppSummary;
import io.platform.domain.FormationChange;
import io.platform.domain.ProcessSelector;
import io.platform.domain.Restart;
import io.platform.domain.RetainedObjects;
import io.platform.domain.RetentionLimits;
import io.platform.domain.ScaleLimits;
import io.platform.slug.BuildpackReference;
import io.platform.slug.ProcessTypes;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The apps of an installation, and their routes. Changes raise {@link Topic.AppChanged}. */
public interface Apps {
  /**
   * Makes an app and its route. The host is {@code <name>-<namespace>.<domain>}, with a suffix
   * where that is taken.
   *
   * @param deployBranch full ref name, or empty for the first of main and master that is pushed
   * @param by who makes it (e-mail)
   * @throws AppExists where the namespace has an app of that name, or one that is still being
   *     destroyed
   */
  App create(String customer, AppPath path, Optional<String> deployBranch, String by)
      throws AppExists;

  /**
   * Gives an app another name or namespace, and the host name that goes with it; what runs goes on.
   *
   * @param customer the tenant that owns the namespace
   * @param by who does it (e-mail)
   * @return what came of it
   * @throws AppExists where the namespace has an app of that name, or one that is still being
   *     destroyed
   */
  AppMove move(AppId id, AppPath to, String customer, String by) throws AppExists;

  /** The name that an active app has now which had this one; empty where none had. */
  Optional<AppPath> successor(AppPath former);

  /** The active app of this name. */
  Optional<App> find(AppPath path);

  /** The app in any status. */
  Optional<App> find(AppId id);

  /** The active app that a host name (lower case, no port) belongs to. */
  Optional<App> findByHost(String host);

  /** Active apps of these namespaces by name; one query, however many there are. */
  List<AppSummary> list(Collection<String> namespaces);

  /** An app and what its state depends on; empty where it is gone. */
  Optional<AppSummary> summary(AppId id);

  /** All apps in all statuses. */
  List<App> all();

  /** Sets the deploy branch where there is none yet, and returns the one that holds. */
  String settleDeployBranch(AppId id, String ref);

  /**
   * Changes how many processes of which type run, and how large they are, where the release that
   * runs or is about to has these types. Makes no release.
   *
   * @param by who does it (e-mail)
   * @return what came of it; refused changes nothing
   */
  FormationChange.Result scale(AppId id, FormationChange change, ScaleLimits limits, String by);

  /** Those of the release that is wanted, then those that only the live one has. */
  ProcessTypes processTypes(AppId id);

  /**
   * Asks for a restart of what runs now. Makes no release.
   *
   * @param by who does it (e-mail)
   */
  void restart(AppId id, ProcessSelector selector, Restart.Manner manner, String by);

  /**
   * Changes what its developers chose. Makes no release.
   *
   * @param change of what holds now; if it throws, nothing changes
   * @param by who does it (e-mail)
   * @return what holds then
   */
  AppOptions options(AppId id, UnaryOperator<AppOptions> change, String by);

  /**
   * Changes the buildpacks of its next builds. Makes no release.
   *
   * @param change of those that hold now; if it throws, nothing changes
   * @param by who does it (e-mail)
   * @return those that hold then
   */
  List<BuildpackReference> buildpacks(
      AppId id, UnaryOperator<List<BuildpackReference>> change, String by);

  /** Marks the app as {@link App.Status#DESTROYING}; a repeat does nothing. */
  void destroy(AppId id);

  /** Marks a destroyed app as {@link App.Status#STOPPED}; a repeat does nothing. */
  void stopped(AppId id);

  /**
   * Decides what of an app stays in the object store, and writes down what does not: such builds
   * have no source and no log any more, such releases cannot be rolled back to. What the rest of
   * the app refers to always stays: what runs or should run, what a rollback offers, the cache. A
   * repeat decides the same.
   */
  RetainedObjects keep(AppId id, RetentionLimits limits);

  /** What {@link #keep} would decide now; changes nothing. */
  RetainedObjects wouldKeep(AppId id, RetentionLimits limits);

  /** Deletes every row of a stopped app; a repeat does nothing. */
  void delete(AppId id);

  /** The name is taken. */
  final class AppExists extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean destroying;

    /**
     * By an app.
     *
     * @param destroying whether that is still being destroyed
     */
    public AppExists(AppPath path, boolean destroying) {
      super("%s is taken".formatted(path));
      this.destroying = destroying;
    }

    /** Whether the app is still being destroyed, and its name soon free. */
    public boolean isDestroying() {
      return destroying;
    }
  }
}
