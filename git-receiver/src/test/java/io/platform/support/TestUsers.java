package io.platform.support;

import io.platform.access.Authentication;
import io.platform.access.Authenticator;
import io.platform.access.Principal;
import io.platform.access.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Users whose token is their name: ann owns acme, dev develops in it, vic only looks, eve is
 * elsewhere.
 */
public final class TestUsers implements Authenticator {
  private static final Map<String, Principal> USERS =
      Map.of(
          "ann", user("ann", "acme", Role.OWNER),
          "dev", user("dev", "acme", Role.DEVELOPER),
          "vic", user("vic", "acme", Role.VIEWER),
          "eve", user("eve", "other", Role.OWNER));

  private static Principal user(String name, String namespace, Role role) {
    return new Principal(
        "id-" + name,
        name + "@example.com",
        namespace,
        List.of(new Principal.Membership(namespace, "customer-" + namespace, role)));
  }

  @Override
  public Authentication authenticate(Optional<String> authorization) {
    if (authorization.isEmpty()) {
      return new Authentication.Missing();
    }
    Principal user = USERS.get(authorization.get().replaceFirst("Bearer ", ""));
    return user == null
        ? new Authentication.Rejected("Your login is not valid any more: run `platform login`.")
        : new Authentication.Accepted(user);
  }
}
