package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.AppFeature;
import io.platform.domain.AppOptions;
import io.platform.domain.AppPath;
import io.platform.domain.RolloutChange;
import io.platform.domain.RolloutOptions;
import io.platform.domain.port.Apps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and changes an app's options: its features and roll-outs. */
public final class AppOptionsService {
  private static final Logger LOG = LoggerFactory.getLogger(AppOptionsService.class);

  private final AppAccess access;
  private final Apps apps;

  /** For the apps of this store. */
  public AppOptionsService(AppAccess access, Apps apps) {
    this.access = access;
    this.apps = apps;
  }

  /** What was chosen for the app. */
  public AppOptions show(Principal user, AppPath path) {
    return access.app(user, path, Role.VIEWER).options();
  }

  /**
   * Enables or disables a feature, for a developer of the namespace. Makes no release; the
   * processes follow.
   *
   * @throws RequestRefused where there is no such feature, or the user may not
   */
  public AppOptions setFeature(Principal user, AppPath path, String word, boolean enabled) {
    App app = access.app(user, path, Role.DEVELOPER);
    AppFeature feature = AppFeature.parse(word).orElseThrow(() -> noFeature(word));
    AppOptions changed = apps.options(app.id(), now -> now.with(feature, enabled), user.name());
    LOG.info("{} {} {} of {}", user.name(), enabled ? "enabled" : "disabled", word, path);
    return changed;
  }

  private static RequestRefused noFeature(String word) {
    return RequestRefused.notFound(
        "There is no feature %s: there are %s.%s"
            .formatted(
                word,
                String.join(", ", AppFeature.words()),
                AppFeature.likely(word).map(" Did you mean \"%s\"?"::formatted).orElse("")));
  }

  /**
   * Changes how releases are rolled out, for a developer of the namespace. Makes no release.
   *
   * @param malformed what could not be read of the request, in sentences
   * @throws RequestRefused where it is not possible, or the user may not; nothing is changed then
   */
  public AppOptions changeRollout(
      Principal user, AppPath path, List<RolloutChange> changes, List<String> malformed) {
    App app = access.app(user, path, Role.DEVELOPER);
    AppOptions changed =
        apps.options(app.id(), now -> changed(now, changes, malformed), user.name());
    LOG.info("{} changed the roll-outs of {}: {}", user.name(), path, changes);
    return changed;
  }

  private static AppOptions changed(
      AppOptions now, List<RolloutChange> changes, List<String> malformed) {
    RolloutOptions rollout = now.rollout();
    for (RolloutChange change : changes) {
      rollout = change.apply(rollout);
    }
    List<String> errors = new ArrayList<>(malformed);
    if (rollout.isStuck()) {
      errors.add(
          "With max-surge=0 and max-unavailable=0 no new process could start: set one of them to 1 or more.");
    }
    rollout
        .stopGrace()
        .filter(AppOptionsService::isOutOfRange)
        .ifPresent(time ->
            errors.add(
                "Processes cannot have %d s to stop: choose from %d to %d s."
                    .formatted(
                        time.toSeconds(),
                        RolloutOptions.SHORTEST_GRACE.toSeconds(),
                        RolloutOptions.LONGEST_GRACE.toSeconds())));
    RequestRefused.unlessEmpty(errors);
    return now.with(rollout);
  }

  private static boolean isOutOfRange(Duration grace) {
    return grace.compareTo(RolloutOptions.SHORTEST_GRACE) < 0
        || grace.compareTo(RolloutOptions.LONGEST_GRACE) > 0;
  }
}
