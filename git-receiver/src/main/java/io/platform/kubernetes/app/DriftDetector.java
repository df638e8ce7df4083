package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.platform.domain.AppId;
import io.platform.domain.port.Subscription;
import io.platform.signal.EventDispatcher;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Detects that an app's objects were changed or deleted after they were applied. A false alarm
 * costs one application that changes nothing.
 */
final class DriftDetector implements AppResources.Listener {
  private final Function<AppId, Optional<AppliedRelease>> applied;
  private final EventDispatcher<AppId> watchers = new EventDispatcher<>("watch apps");
  private final Set<AppId> suspects = ConcurrentHashMap.newKeySet();

  /**
   * Nothing is suspected yet.
   *
   * @param applied what was applied last of an app
   */
  DriftDetector(Function<AppId, Optional<AppliedRelease>> applied) {
    this.applied = applied;
  }

  Subscription watch(Consumer<AppId> consumer) {
    return watchers.add(consumer, List.of());
  }

  boolean isSuspected(AppId app) {
    return suspects.contains(app);
  }

  /** It is applied anew. */
  void clear(AppId app) {
    suspects.remove(app);
  }

  @Override
  public void updated(Deployment now) {
    AppId app = AppResources.app(now);
    if (applied.apply(app).filter(known -> known.isChangedIn(now)).isPresent()) {
      suspect(app);
    }
  }

  /** An earlier Deployment of the same name is none of our business. */
  @Override
  public void gone(HasMetadata object) {
    AppId app = AppResources.app(object);
    Optional<AppliedRelease> known = applied.apply(app);
    if (object instanceof Deployment now
        ? known.filter(of -> of.isSeenIn(now)).isPresent()
        : known.isPresent()) {
      suspect(app);
    }
  }

  @Override
  public void lacksItsConfig(Pod pod) {
    suspect(AppResources.app(pod));
  }

  private void suspect(AppId app) {
    suspects.add(app);
    watchers.dispatch(app);
  }
}
