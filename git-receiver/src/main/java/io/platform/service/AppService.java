package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.AppPath;
import io.platform.domain.AppSummary;
import io.platform.domain.ProcessState;
import io.platform.domain.port.Apps;
import io.platform.domain.port.ProcessStates;
import io.platform.slug.ProcessTypes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates and shows apps. */
public final class AppService {
  private static final Logger LOG = LoggerFactory.getLogger(AppService.class);

  private final AppAccess access;
  private final Apps apps;
  private final ProcessStates processes;

  /**
   * For these apps.
   *
   * @param processes how the processes of each are
   */
  public AppService(AppAccess access, Apps apps, ProcessStates processes) {
    this.access = access;
    this.apps = apps;
    this.processes = processes;
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
  public AppOverview create(Principal user, CreateAppRequest wanted) {
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
