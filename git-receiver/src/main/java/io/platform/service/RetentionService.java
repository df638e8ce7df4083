package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.RetentionLimits;
import io.platform.retention.Removals;
import io.platform.retention.Retention;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Previews and runs the removal of an app's old objects. */
public final class RetentionService {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionService.class);

  private final AppAccess access;
  private final Retention retention;

  /** By this retention. */
  public RetentionService(AppAccess access, Retention retention) {
    this.access = access;
    this.retention = retention;
  }

  /** How much is kept of every app. */
  public RetentionLimits limits() {
    return retention.limits();
  }

  /** What would go with these limits; changes nothing. */
  public Removals plan(Principal user, AppPath path, RetentionLimits limits) {
    App app = access.app(user, path, Role.VIEWER);
    try {
      return retention.plan(app, limits);
    } catch (IOException e) {
      throw unavailable(path, e);
    }
  }

  /** Removes what is not kept, for an owner of the namespace, and tells what that was. */
  public Removals run(Principal user, AppPath path) {
    App app = access.app(user, path, Role.OWNER);
    try {
      Removals removals = retention.run(app);
      LOG.info(
          "{} removed {} objects of {} that are not kept",
          user.name(),
          removals.objects().size(),
          path);
      return removals;
    } catch (IOException e) {
      throw unavailable(path, e);
    }
  }

  private static RequestRefused unavailable(AppPath path, IOException cause) {
    LOG.warn("what is stored for {} could not be looked through", path, cause);
    return new RequestRefused(
        RequestRefused.Reason.UNAVAILABLE,
        "What is stored for %s could not be looked through: the object store does not do what it should. Try again; if this keeps failing, contact your administrator, who finds the cause in the server's log."
            .formatted(path));
  }
}
