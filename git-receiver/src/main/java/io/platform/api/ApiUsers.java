package io.platform.api;

import io.platform.access.Authenticator;
import io.platform.access.Permissions;
import io.platform.domain.port.Apps;
import io.platform.service.AppAccess;
import java.net.URI;

/** The users of the API, and their rights on apps. */
public final class ApiUsers {
  private final UserAuthentication authentication;
  private final AppAccess access;

  /**
   * The users of these apps.
   *
   * @param base scheme, host and port that users see
   */
  public ApiUsers(Authenticator authenticator, Apps apps, URI base) {
    this.authentication = new UserAuthentication(authenticator, base);
    this.access = new AppAccess(new Permissions(apps));
  }

  UserAuthentication authentication() {
    return authentication;
  }

  AppAccess access() {
    return access;
  }
}
