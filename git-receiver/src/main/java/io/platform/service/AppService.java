package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.build.BuildLifecycle;
import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.AppPath;
import io.platform.domain.AppSummary;
import io.platform.domain.ProcessState;
import io.platform.domain.port.Apps;
import io.platform.domain.port.Builds;
import io.platform.domain.port.ProcessStates;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Topic;
import io.platform.slug.ProcessTypes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates, shows and destroys apps. */
public final class AppService {
  private static final Logger LOG = LoggerFactory.getLogger(AppService.class);

  private final AppAccess access;
  private final Apps apps;
  private final Builds builds;
  private final BuildLifecycle lifecycle;
  private final ProcessStates processes;
  private final StateWait waiting;
  private final Duration destroyLimit;

  /**
   * For these stores.
   *
   * @param destroyLimit how long a destroyer waits for the end of an app
   */
  public AppService(
      AppAccess access,
      Apps apps,
      Builds builds,
      BuildLifecycle lifecycle,
      ProcessStates processes,
      Signals signals,
      Duration destroyLimit) {
    this.access = access;
    this.apps = apps;
    this.builds = builds;
    this.lifecycle = lifecycle;
    this.processes = processes;
    this.waiting = new StateWait(signals);
    this.destroyLimit = destroyLimit;
  }

  /**
   * The apps that a user sees, by name; a fixed number of queries, however many there are.
   *
   * @param namespace empty for all of the user's
   * @throws RequestRefused where the user is not in the namespace
   */
  public List<AppOverview> list(Principal user, Optional<String> namespace) {
    List<String> seen = user.memberships().stream().map(Principal.Membership::namespace).toList();
    namespace
        .filter(wanted -> !seen.contains(wanted))
        .ifPresent(wanted -> {
          throw noNamespace(wanted);
        });
    List<AppSummary> summaries = apps.list(namespace.map(List::of).orElse(seen));
    List<App> live =
        summaries.stream().map(AppSummary::app).filter(app -> app.live().isPresent()).toList();
    Map<AppId, List<ProcessState>> states = live.isEmpty() ? Map.of() : processes.of(live);
    return summaries.stream()
        .map(it -> new AppOverview(it, states.getOrDefault(it.app().id(), List.of())))
        .toList();
  }

  /**
   * One app.
   *
   * @throws RequestRefused where the user does not see it
   */
  public AppOverview find(Principal user, AppPath path) {
    AppSummary summary =
        apps.summary(access.app(user, path, Role.VIEWER).id())
            .orElseThrow(() -> AppAccess.noApp(path.namespace(), path.name()));
    App app = summary.app();
    return new AppOverview(summary, app.live().isEmpty() ? List.of() : processes.of(app));
  }

  /**
   * Makes an app, for a developer of its namespace.
   *
   * @throws RequestRefused where a name is not possible or taken, or the user may not
   */
  public AppOverview create(Principal user, NewApp wanted) {
    String namespace =
        wanted.namespace().or(user::ownNamespace).orElseThrow(AppService::namespaceMissing);
    RequestRefused.unlessEmpty(wanted.errors(namespace));
    Principal.Membership membership = user.in(namespace).orElseThrow(() -> noNamespace(namespace));
    if (membership.role().compareTo(Role.DEVELOPER) < 0) {
      throw new RequestRefused(
          RequestRefused.Reason.FORBIDDEN,
          "You are a viewer of %s, and making an app needs a developer: ask an owner of the namespace."
              .formatted(namespace));
    }
    AppPath path = new AppPath(namespace, wanted.name());
    try {
      App made = apps.create(membership.customer(), path, wanted.deployRef(), user.name());
      LOG.info("{} made the app {}", user.name(), made.path());
      return new AppOverview(new AppSummary(made, ProcessTypes.none(), false, false), List.of());
    } catch (Apps.AppExists e) {
      throw new RequestRefused(
          RequestRefused.Reason.CONFLICT,
          e.isDestroying()
              ? "The app %s is still being destroyed: try again in a minute, or choose another name."
                  .formatted(path)
              : "There is an app %s already: choose another name.".formatted(path));
    }
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
    builds.unsettled(app.id()).ifPresent(build -> lifecycle.cancel(build.id(), user.name()));
    return waiting
        .until(
            new Topic.AppChanged(app.id()),
            destroyLimit,
            () -> apps.find(app.id()),
            Optional::isEmpty)
        .isEmpty();
  }

  private static RequestRefused namespaceMissing() {
    return new RequestRefused(
        RequestRefused.Reason.INVALID,
        "An app needs a namespace, and this login has none of its own: name one.");
  }

  private static RequestRefused noNamespace(String namespace) {
    return RequestRefused.notFound(
        "There is no namespace '%s', or you may not see it.".formatted(namespace));
  }
}
