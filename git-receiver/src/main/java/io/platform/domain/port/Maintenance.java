package io.platform.domain.port;

import io.platform.domain.AppId;
import io.platform.domain.MaintenancePage;
import java.util.Optional;

/**
 * The store of the apps in maintenance: visitors get a page instead of the app, whose processes run
 * on. Changes raise {@link Topic.AppChanged}.
 */
public interface Maintenance {
  /**
   * Turns it on; where it is on, the page changes.
   *
   * @param page empty for the platform's own page
   * @param by who does it (e-mail)
   */
  void turnOn(AppId app, Optional<MaintenancePage> page, String by);

  /** Turns it off; does nothing where it is off. */
  void turnOff(AppId app, String by);

  /** The page of its own that visitors of an app in maintenance get; empty where there is none. */
  Optional<MaintenancePage> page(AppId app);
}
