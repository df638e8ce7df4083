package io.platform.support;

import io.platform.access.Authentication;
import io.platform.access.Authenticator;
import io.platform.access.Principal;
import io.platform.access.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Users whose token is their name: ann owns acme, dev develops in it, vic only looks, eve is
 * elsewhere, bot is a program that develops in acme, and pam owns acme, develops in other and looks
 * at museum.
 */
public final class TestUsers implements Authenticator {
  private final Map<String, Principal> users =
      new ConcurrentHashMap<>(
          Map.of(
              "ann", user("ann", "acme", Role.OWNER),
              "dev", user("dev", "acme", Role.DEVELOPER),
              "vic", user("vic", "acme", Role.VIEWER),
              "eve", user("eve", "other", Role.OWNER),
              "pam",
                  new Principal.User(
                      "id-pam",
                      "pam@example.com",
                      "acme",
                      List.of(
                          member("acme", Role.OWNER),
                          member("other", Role.DEVELOPER),
                          member("museum", Role.VIEWER))),
              "bot", new Principal.Robot("bot", List.of(member("acme", Role.DEVELOPER)))));

  /** Ends a user's login. */
  public void logOut(String name) {
    users.remove(name);
  }

  /** Takes all roles from a user, who stays logged in. */
  public void removeRoles(String name) {
    users.computeIfPresent(
        name,
        (key, principal) ->
            switch (principal) {
              case Principal.User user ->
                  new Principal.User(user.subject(), user.email(), user.namespace(), List.of());
              case Principal.Robot robot -> new Principal.Robot(robot.subject(), List.of());
            });
  }

  private static Principal user(String name, String namespace, Role role) {
    return new Principal.User(
        "id-" + name, name + "@example.com", namespace, List.of(member(namespace, role)));
  }

  private static Principal.Membership member(String namespace, Role role) {
    return new Principal.Membership(namespace, "customer-" + namespace, role);
  }

  @Override
  public Authentication authenticate(Optional<String> authorization) {
    if (authorization.isEmpty()) {
      return new Authentication.Missing();
    }
    Principal user = users.get(authorization.get().replaceFirst("Bearer ", ""));
    return user == null
        ? new Authentication.Rejected("Your login is not valid any more: run `platform login`.")
        : new Authentication.Accepted(user);
  }
}
