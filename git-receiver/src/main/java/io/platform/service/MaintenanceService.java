package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.MaintenancePage;
import io.platform.domain.port.Maintenance;
import io.platform.domain.port.PageFetcher;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns maintenance mode of apps on and off: their visitors get a page instead of the app. */
public final class MaintenanceService {
  private static final Logger LOG = LoggerFactory.getLogger(MaintenanceService.class);

  private final AppAccess access;
  private final Maintenance maintenance;
  private final PageFetcher pages;

  /** With pages that come from there. */
  public MaintenanceService(AppAccess access, Maintenance maintenance, PageFetcher pages) {
    this.access = access;
    this.maintenance = maintenance;
    this.pages = pages;
  }

  /**
   * How it is.
   *
   * @param page where the page comes from; empty for the platform's own
   */
  public record State(boolean on, Optional<URI> page) {}

  /** How it is, for all who see the app. */
  public State show(Principal user, AppPath path) {
    App app = access.app(user, path, Role.VIEWER);
    return new State(app.maintenance(), maintenance.page(app.id()).map(MaintenancePage::url));
  }

  /**
   * Turns it on, for a developer of the namespace.
   *
   * @param page fetched now, and kept; empty for the platform's own page
   * @throws RequestRefused where the page cannot be fetched, or the user may not
   */
  public State turnOn(Principal user, AppPath path, Optional<String> page)
      throws InterruptedException {
    App app = access.app(user, path, Role.DEVELOPER);
    Optional<MaintenancePage> fetched =
        page.isPresent() ? Optional.of(fetch(page.get())) : Optional.empty();
    maintenance.turnOn(app.id(), fetched, user.name());
    LOG.info("{} turned maintenance of {} on", user.name(), path);
    return new State(true, fetched.map(MaintenancePage::url));
  }

  /** Turns it off, for a developer of the namespace. */
  public State turnOff(Principal user, AppPath path) {
    App app = access.app(user, path, Role.DEVELOPER);
    maintenance.turnOff(app.id(), user.name());
    LOG.info("{} turned maintenance of {} off", user.name(), path);
    return new State(false, Optional.empty());
  }

  private MaintenancePage fetch(String text) throws InterruptedException {
    try {
      return pages.fetch(url(text));
    } catch (PageFetcher.NotFetched e) {
      throw RequestRefused.invalid(
          "The page %s was not fetched: %s. Nothing was changed.".formatted(text, reason(e)));
    }
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null && url.getUserInfo() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      LOG.debug("no URL", e);
    }
    throw RequestRefused.invalid(
        "'%s' is no URL of a page: enter one such as https://example.com/maintenance.html."
            .formatted(text));
  }

  private static String reason(PageFetcher.NotFetched e) {
    return switch (e.problem()) {
      case NO_PUBLIC_ADDRESS ->
          "its host name has no public address, and this server fetches pages from public addresses only, unless its administrator sets PLATFORM_PAGE_PRIVATE_ADDRESSES";
      case NO_ANSWER -> "there was no answer in time";
      case STATUS -> "the answer was %s, not 200".formatted(e.detail());
      case NO_HTML -> "it is %s, not text/html".formatted(e.detail());
      case TOO_LARGE -> "it is larger than %s bytes".formatted(e.detail());
    };
  }
}
