package io.platform.retention;

import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.BuildStatus;
import io.platform.domain.RetainedObjects;
import io.platform.domain.port.Builds;
import io.platform.storage.ObjectInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides which stored objects of an app are removed. They must have been listed before it was
 * decided what is kept: whatever is stored for a build that began later is then not among them.
 */
final class RetentionPlan {
  private static final Pattern OBJECT = Pattern.compile("builds/([^/]+)/(source|slug|log|cache)");

  private final Builds builds;
  private final App app;
  private final String prefix;
  private final RetainedObjects retained;
  private final Instant orphansBefore;

  /**
   * For one app.
   *
   * @param prefix what its keys begin with
   * @param orphansBefore what belongs to no build goes where it was stored before this
   */
  RetentionPlan(
      Builds builds, App app, String prefix, RetainedObjects retained, Instant orphansBefore) {
    this.builds = builds;
    this.app = app;
    this.prefix = prefix;
    this.retained = retained;
    this.orphansBefore = orphansBefore;
  }

  Removals of(List<ObjectInfo> listed) {
    List<Removal> removals = new ArrayList<>();
    for (ObjectInfo object : listed) {
      Matcher name = OBJECT.matcher(object.key().substring(prefix.length()));
      if (name.matches()) {
        BuildId build = new BuildId(name.group(1));
        String kind = name.group(2);
        if (!stays(object.key(), build, kind)) {
          reason(build, kind, object)
              .map(r -> removal(object, build, kind, r))
              .ifPresent(removals::add);
        }
      }
    }
    return new Removals(removals, retained.endedBuilds(), retained.endedReleases());
  }

  private boolean stays(String key, BuildId build, String kind) {
    return retained.keys().contains(key)
        || retained.unsettled().contains(build)
        || (kind.equals("log") && retained.logs().contains(build));
  }

  /** Why the object goes; empty where it is too new for that to be sure. */
  private Optional<Removal.Reason> reason(BuildId id, String kind, ObjectInfo object) {
    Optional<Build> build = builds.find(id).filter(row -> row.app().equals(app.id()));
    if (build.isEmpty()) {
      return object.modified().isBefore(orphansBefore)
          ? Optional.of(Removal.Reason.ORPHAN)
          : Optional.empty();
    }
    boolean used =
        switch (kind) {
          case "slug" -> build.get().status() == BuildStatus.SUCCEEDED;
          case "cache" -> false;
          default -> !retained.logs().contains(id);
        };
    return Optional.of(used ? Removal.Reason.OLD : Removal.Reason.UNUSED);
  }

  private static Removal removal(
      ObjectInfo object, BuildId build, String kind, Removal.Reason reason) {
    return new Removal(object.key(), build.value(), kind, object.size(), object.modified(), reason);
  }
}
