package io.platform.domain.port;

import io.platform.domain.AppDomain;
import io.platform.domain.AppId;
import io.platform.domain.DomainLimits;
import io.platform.domain.DomainName;
import java.util.List;

/**
 * The host names of their own at which apps answer. A name belongs to one app; a wildcard and the
 * names under it belong to one namespace. Changes raise {@link Topic.AppChanged}.
 */
public interface AppDomains {
  /** Those of an app, by name. */
  List<AppDomain> list(AppId app);

  /** What came of adding a name. */
  enum Added {
    ADDED,
    /** It was the app's before. */
    KNOWN,
    /** It is another app's. */
    TAKEN,
    /** It is under a wildcard of another namespace, or a wildcard above a name of one. */
    WILDCARD_TAKEN,
    /** The app has as many as it may have. */
    TOO_MANY
  }

  /**
   * Adds a name.
   *
   * @param by who does it (e-mail)
   */
  Added add(AppId app, DomainName name, DomainLimits limits, String by);

  /**
   * Removes a name.
   *
   * @param by who does it (e-mail)
   * @return whether the app had it
   */
  boolean remove(AppId app, DomainName name, String by);
}
