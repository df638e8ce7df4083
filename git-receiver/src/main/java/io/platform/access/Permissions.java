package io.platform.access;

import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.port.Apps;
import java.util.Locale;
import java.util.Optional;

/** Every decision on who may do what with an app. */
public final class Permissions {
  private final Apps apps;

  /** Decides on these apps. */
  public Permissions(Apps apps) {
    this.apps = apps;
  }

  /** Whether a user may do with an app what the role allows. */
  public Decision decide(Principal user, AppPath path, Role needed) {
    Optional<Role> role = user.in(path.namespace()).map(Principal.Membership::role);
    if (role.isEmpty()) {
      return new Decision.Hidden();
    }
    Optional<App> app = apps.find(path);
    if (app.isEmpty()) {
      return moved(user, path);
    }
    if (role.get().compareTo(needed) < 0) {
      return new Decision.Denied(
          "You are a %s of %s, and this needs a %s: ask an owner of the namespace."
              .formatted(word(role.get()), path.namespace(), word(needed)));
    }
    return new Decision.Allowed(app.get());
  }

  private Decision moved(Principal user, AppPath former) {
    return apps.successor(former)
        .filter(now -> user.in(now.namespace()).isPresent())
        .<Decision>map(Decision.Moved::new)
        .orElseGet(Decision.Hidden::new);
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
