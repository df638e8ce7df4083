package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.commons.name.ReservedNamespaces;
import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.Infrastructure;
import io.platform.domain.port.Apps;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives apps other names and other namespaces. */
public final class AppMoveService {
  private static final Logger LOG = LoggerFactory.getLogger(AppMoveService.class);

  private final AppAccess access;
  private final Apps apps;
  private final Infrastructure infrastructure;

  /** For apps that run on this. */
  public AppMoveService(AppAccess access, Apps apps, Infrastructure infrastructure) {
    this.access = access;
    this.apps = apps;
    this.infrastructure = infrastructure;
  }

  /**
   * Gives an app another name, for an owner of its namespace.
   *
   * @return what it is called now
   * @throws RequestRefused where the name is none or taken, the app is busy, or the user may not
   */
  public AppPath rename(Principal user, AppPath path, String name) {
    App app = access.app(user, path, Role.OWNER);
    RequestRefused.unlessEmpty(
        new CreateAppRequest(Optional.of(path.namespace()), name, Optional.empty())
            .errors(path.namespace()));
    return move(user, app, new AppPath(path.namespace(), name), app.customer());
  }

  /**
   * Moves an app to another namespace, for an owner of its own one who may create apps in the other
   * one.
   *
   * @return what it is called now
   * @throws RequestRefused where there is no such namespace, it has an app of that name, the app is
   *     busy or cannot move, or the user may not
   */
  public AppPath transfer(Principal user, AppPath path, String namespace) {
    App app = access.app(user, path, Role.OWNER);
    if (ReservedNamespaces.contain(namespace)) {
      throw RequestRefused.invalid(
          "The namespace '%s' is the platform's own: choose another one.".formatted(namespace));
    }
    Principal.Membership target =
        user.in(namespace)
            .orElseThrow(() ->
                RequestRefused.notFound(
                    "There is no namespace '%s', or you are not a member of it: ask one of its owners to add you."
                        .formatted(namespace)));
    if (target.role().compareTo(Role.DEVELOPER) < 0) {
      throw new RequestRefused(
          RequestRefused.Reason.FORBIDDEN,
          "You are a viewer of %s, and moving an app there needs a developer: ask an owner of the namespace."
              .formatted(namespace));
    }
    if (infrastructure == Infrastructure.KUBERNETES && !namespace.equals(path.namespace())) {
      throw RequestRefused.invalid(
          "On Kubernetes an app cannot move to another namespace, because its pods would have to: create an app in %s, push to it, set its config vars and domains, and destroy %s."
              .formatted(namespace, path));
    }
    return move(user, app, new AppPath(namespace, path.name()), target.customer());
  }

  private AppPath move(Principal user, App app, AppPath to, String customer) {
    AppPath from = app.path();
    try {
      switch (apps.move(app.id(), to, customer, user.name())) {
        case MOVED -> LOG.info("{} moved the app {} to {}", user.name(), from, to);
        case UNCHANGED -> {
          // As wanted.
        }
        case BUILDING ->
            throw conflict(
                "%s is being built, and keeps its name until that is over: wait for the end, or cancel it with `platform builds cancel`."
                    .formatted(from));
        case ROLLING_OUT ->
            throw conflict(
                "A release of %s is being rolled out, and the app keeps its name until that is over: `platform releases` shows when. Then try again."
                    .formatted(from));
        case SHARES_DOMAINS ->
            throw conflict(
                "%s cannot move to %s: a wildcard and the names under it belong to one namespace, and one of its domains (%s) has that in common with another app. Remove the domain there or here first."
                    .formatted(from, to.namespace(), domains(app)));
      }
    } catch (Apps.AppExists e) {
      throw conflict(
          e.isDestroying()
              ? "The app %s is still being destroyed: try again in a minute, or choose another name."
                  .formatted(to)
              : "There is an app %s already: choose another name.".formatted(to));
    }
    return to;
  }

  private static String domains(App app) {
    List<String> names = app.domains().stream().map(Object::toString).toList();
    return String.join(", ", names);
  }

  private static RequestRefused conflict(String sentence) {
    return new RequestRefused(RequestRefused.Reason.CONFLICT, sentence);
  }
}
