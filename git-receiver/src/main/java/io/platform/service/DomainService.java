package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.AppDomain;
import io.platform.domain.AppPath;
import io.platform.domain.DomainLimits;
import io.platform.domain.DomainName;
import io.platform.domain.port.AppDomains;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host names of their own at which apps answer. */
public final class DomainService {
  private static final Logger LOG = LoggerFactory.getLogger(DomainService.class);

  private final AppAccess access;
  private final AppDomains domains;
  private final List<String> platformHosts;
  private final DomainLimits limits;

  /**
   * For these domains.
   *
   * @param platformHosts the platform's own host names and the domain of apps; they are nobody's
   */
  public DomainService(
      AppAccess access, AppDomains domains, Collection<String> platformHosts, DomainLimits limits) {
    this.access = access;
    this.domains = domains;
    this.platformHosts =
        platformHosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).distinct().toList();
    this.limits = limits;
  }

  /**
   * An app's host names.
   *
   * @param target what their DNS records lead to
   */
  public record Listed(String target, List<AppDomain> domains) {
    /** Copies the list. */
    public Listed {
      domains = List.copyOf(domains);
    }
  }

  /** The app's host names of its own, for all who see it. */
  public Listed list(Principal user, AppPath path) {
    App app = access.app(user, path, Role.VIEWER);
    return new Listed(app.host(), domains.list(app.id()));
  }

  /**
   * Adds a host name, for a developer of the namespace.
   *
   * @throws RequestRefused where it is none, or not the app's to have, or the user may not
   */
  public Listed add(Principal user, AppPath path, String text) {
    App app = access.app(user, path, Role.DEVELOPER);
    DomainName name =
        DomainName.parse(text)
            .orElseThrow(() ->
                RequestRefused.invalid(
                    "'%s' is not a domain: enter a host name such as www.example.com, or *.example.com for all names one label below, without a port."
                        .formatted(text)));
    platformHosts.stream()
        .filter(name::meets)
        .findFirst()
        .ifPresent(host -> {
          throw RequestRefused.invalid(
              "%s belongs to the platform, whose host names are under %s: choose a domain of your own."
                  .formatted(name, host));
        });
    switch (domains.add(app.id(), name, limits, user.name())) {
      case ADDED -> LOG.info("{} added the domain {} to {}", user.name(), name, path);
      case KNOWN -> {
        // As wanted.
      }
      case TAKEN ->
          throw conflict(
              "%s is the domain of another app. Remove it there first; if that app is not yours and the domain is, contact your administrator."
                  .formatted(name));
      case WILDCARD_TAKEN ->
          throw conflict(
              "%s cannot be added: a wildcard and the names under it belong to one namespace, and another one has %s. If the domain is yours, contact your administrator."
                  .formatted(
                      name,
                      name.isWildcard() ? "a name under it" : DomainName.wildcardOf(name.value())));
      case TOO_MANY ->
          throw conflict(
              "%s has %d domains, and more are not possible: remove one that is not needed any more."
                  .formatted(path, limits.most()));
    }
    return new Listed(app.host(), domains.list(app.id()));
  }

  /**
   * Removes a host name, for a developer of the namespace.
   *
   * @throws RequestRefused where the app does not have it, or the user may not
   */
  public void remove(Principal user, AppPath path, String text) {
    App app = access.app(user, path, Role.DEVELOPER);
    boolean had =
        DomainName.parse(text)
            .filter(name -> domains.remove(app.id(), name, user.name()))
            .isPresent();
    if (!had) {
      throw RequestRefused.notFound(
          "%s has no domain %s: `platform domains` lists those that it has.".formatted(path, text));
    }
    LOG.info("{} removed the domain {} from {}", user.name(), text, path);
  }

  private static RequestRefused conflict(String sentence) {
    return new RequestRefused(RequestRefused.Reason.CONFLICT, sentence);
  }
}
