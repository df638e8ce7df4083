package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.build.BuildLifecycle;
import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.port.Apps;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Destroys apps for their owners. */
public final class AppDestructionService {
  private static final Logger LOG = LoggerFactory.getLogger(AppDestructionService.class);

  private final AppAccess access;
  private final Apps apps;
  private final BuildLifecycle lifecycle;
  private final StateWait waiting;
  private final Duration destroyWait;

  /**
   * For these apps.
   *
   * @param destroyWait how long a request waits for the end of an app
   */
  public AppDestructionService(
      AppAccess access,
      Apps apps,
      BuildLifecycle lifecycle,
      Signals signals,
      Duration destroyWait) {
    this.access = access;
    this.apps = apps;
    this.lifecycle = lifecycle;
    this.waiting = new StateWait(signals);
    this.destroyWait = destroyWait;
  }

  /**
   * Destroys an app with all that belongs to it, for an owner of its namespace, and waits a while
   * for its end.
   *
   * @param confirmed the app's name, entered once more
   * @return whether it is gone; its name is free again then
   * @throws RequestRefused where it is not confirmed, or the user may not
   */
  public boolean destroy(Principal user, AppPath path, Optional<String> confirmed)
      throws InterruptedException {
    App app = access.app(user, path, Role.OWNER);
    if (!confirmed.equals(Optional.of(path.name()))) {
      RequestRefused.unlessEmpty(
          List.of(
              "This destroys %s with all that belongs to it: confirm it with ?confirm=%s."
                  .formatted(path, path.name())));
    }
    LOG.info("{} destroys the app {}", user.name(), path);
    apps.destroy(app.id());
    lifecycle.cancelUnsettled(app.id(), user.name());
    return waiting
        .until(
            new Topic.AppChanged(app.id()),
            destroyWait,
            () -> apps.find(app.id()),
            Optional::isEmpty)
        .isEmpty();
  }
}
