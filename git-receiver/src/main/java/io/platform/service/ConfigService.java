package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.Config;
import io.platform.domain.Release;
import io.platform.domain.port.Releases;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Config vars. Their values are secrets: they are shown to developers and never logged. */
public final class ConfigService {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigService.class);

  private final AppAccess access;
  private final Releases releases;

  /** For these releases. */
  public ConfigService(AppAccess access, Releases releases) {
    this.access = access;
    this.releases = releases;
  }

  /**
   * What a change led to.
   *
   * @param app as it was before
   * @param config as it is now
   * @param names the config vars that differ from before, sorted
   * @param release what brings it to the app's processes; empty where nothing changed or no release
   *     is live yet
   */
  public record Changed(
      App app, Config config, SortedSet<String> names, Optional<Release> release) {
    /** Copies the names. */
    public Changed {
      names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }
  }

  /** The app's config vars, for a developer of its namespace. */
  public Config config(Principal user, AppPath path) {
    return releases.config(access.app(user, path, Role.DEVELOPER).id());
  }

  /**
   * Changes config vars, for a developer of the namespace.
   *
   * @throws RequestRefused where the change breaks a rule, or the user may not
   */
  public Changed change(Principal user, AppPath path, ConfigChange change) {
    App app = access.app(user, path, Role.DEVELOPER);
    RequestRefused.unlessEmpty(change.errors(releases.config(app.id())));
    Releases.Reconfigured done = releases.reconfigure(app.id(), change.vars(), user.name());
    SortedSet<String> names = done.change().names();
    if (!names.isEmpty()) {
      LOG.info("{} changed config vars of {}: {}", user.name(), path, names);
    }
    return new Changed(app, releases.config(app.id()), names, done.release());
  }
}
