package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.DrainLimits;
import io.platform.domain.DrainUrl;
import io.platform.domain.LogDrain;
import io.platform.domain.PublicAddressRule;
import io.platform.domain.port.LogDrains;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log drains of apps: shown, added and removed. Their URLs are secrets. */
public final class DrainService {
  private static final Logger LOG = LoggerFactory.getLogger(DrainService.class);

  private final AppAccess access;
  private final LogDrains drains;
  private final DrainLimits limits;

  /** For these drains, within these limits. */
  public DrainService(AppAccess access, LogDrains drains, DrainLimits limits) {
    this.access = access;
    this.drains = drains;
    this.limits = limits;
  }

  /** The drains of an app, the oldest first. */
  public List<LogDrain> list(Principal user, AppPath path) {
    return drains.of(access.app(user, path, Role.VIEWER).id());
  }

  /**
   * Adds a drain, for a developer of the namespace. It gets the lines from now on.
   *
   * @throws RequestRefused where the URL is none for a drain, the app has it or has too many, or
   *     the user may not
   */
  public LogDrain add(Principal user, AppPath path, String text) {
    App app = access.app(user, path, Role.DEVELOPER);
    DrainUrl url = url(text);
    LogDrain drain =
        switch (drains.add(app.id(), url, user.name(), limits)) {
          case LogDrains.Added.Drain(LogDrain added) -> added;
          case LogDrains.Added.Exists(LogDrain same) ->
              throw new RequestRefused(
                  RequestRefused.Reason.CONFLICT,
                  "%s has a drain with this URL: %s.".formatted(path, same.id()));
          case LogDrains.Added.TooMany() ->
              throw new RequestRefused(
                  RequestRefused.Reason.CONFLICT,
                  "%s has %d drains, as many as an app may have: remove one with `platform drains remove`."
                      .formatted(path, limits.perApp()));
        };
    LOG.info("{} added drain {} to {}: {}", user.name(), drain.id(), path, url);
    return drain;
  }

  private DrainUrl url(String text) {
    try {
      DrainUrl url = DrainUrl.parse(text);
      if (!limits.privateAddresses() && isInternal(url.host())) {
        RequestRefused.unlessEmpty(
            List.of(
                "%s is not a public address: this server's drains reach public addresses only, unless its administrator sets PLATFORM_DRAIN_PRIVATE_ADDRESSES."
                    .formatted(url.host())));
      }
      return url;
    } catch (DrainUrl.Invalid e) {
      RequestRefused.unlessEmpty(List.of(e.sentence()));
      throw new IllegalStateException("an invalid URL was not refused", e);
    }
  }

  /** As far as it can be told without asking DNS; the delivery checks every address again. */
  private static boolean isInternal(String host) {
    if (host.equalsIgnoreCase("localhost")
        || host.toLowerCase(Locale.ROOT).endsWith(".localhost")) {
      return true;
    }
    try {
      return !PublicAddressRule.isPublic(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return false; // a name
    }
  }

  /**
   * Removes a drain, for a developer of the namespace.
   *
   * @param drain its id or its URL
   * @return what was removed
   * @throws RequestRefused where there is no such drain, or the user may not
   */
  public LogDrain remove(Principal user, AppPath path, String drain) {
    App app = access.app(user, path, Role.DEVELOPER);
    List<LogDrain> all = drains.of(app.id());
    LogDrain found =
        all.stream()
            .filter(it -> it.id().value().equals(drain))
            .findFirst()
            .or(() -> byUrl(all, drain))
            .filter(it -> drains.remove(app.id(), it.id()))
            .orElseThrow(() ->
                RequestRefused.notFound(
                    "%s has no such drain: `platform drains` lists those that it has, with the ids to remove them by."
                        .formatted(path)));
    LOG.info("{} removed drain {} of {}: {}", user.name(), found.id(), path, found.url());
    return found;
  }

  /** The URL as it was added, or as it is shown where that means only one. */
  private static Optional<LogDrain> byUrl(List<LogDrain> drains, String url) {
    Optional<LogDrain> same =
        drains.stream().filter(it -> it.url().reveal().equals(url)).findFirst();
    List<LogDrain> shown = drains.stream().filter(it -> it.url().masked().equals(url)).toList();
    return same.or(() -> shown.size() == 1 ? Optional.of(shown.getFirst()) : Optional.empty());
  }
}
