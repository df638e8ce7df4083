package io.platform.service;

import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.AppCertificate;
import io.platform.domain.AppPath;
import io.platform.domain.CertificateLimits;
import io.platform.domain.DomainName;
import io.platform.domain.Infrastructure;
import io.platform.domain.port.AppCertificates;
import io.platform.tls.CertificateChain;
import io.platform.tls.CertificateProblem;
import io.platform.tls.UsableCertificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificates of apps' domains. */
public final class CertificateService {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateService.class);

  private final AppAccess access;
  private final AppCertificates certificates;
  private final CertificateLimits limits;
  private final Infrastructure infrastructure;
  private final InstantSource clock;

  /** For apps that run on this. */
  public CertificateService(
      AppAccess access,
      AppCertificates certificates,
      CertificateLimits limits,
      Infrastructure infrastructure,
      InstantSource clock) {
    this.access = access;
    this.certificates = certificates;
    this.limits = limits;
    this.infrastructure = infrastructure;
    this.clock = clock;
  }

  /** Whether a certificate can be used. */
  public enum Status {
    VALID,
    EXPIRING,
    EXPIRED;

    /** As the API says it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A certificate of a domain, and what it says. */
  public record Listed(AppCertificate stored, CertificateChain chain, Status status) {}

  /** Those of an app, for all who see it. */
  public List<Listed> list(Principal user, AppPath path) {
    App app = access.app(user, path, Role.VIEWER);
    requireOwnCertificates();
    return certificates.list(app.id()).stream().map(this::listed).toList();
  }

  private Listed listed(AppCertificate stored) {
    try {
      return new Listed(stored, CertificateChain.parse(stored.chain()), status(stored));
    } catch (CertificateProblem e) {
      throw new IllegalStateException("it was read before it was stored", e);
    }
  }

  private Status status(AppCertificate stored) {
    Instant now = clock.instant();
    if (!now.isBefore(stored.notAfter())) {
      return Status.EXPIRED;
    }
    return now.plus(limits.warning()).isBefore(stored.notAfter()) ? Status.VALID : Status.EXPIRING;
  }

  /**
   * Gives domains of an app a certificate, for a developer of the namespace.
   *
   * @param chain in PEM, the domain's own first
   * @param key in PEM
   * @param domain one of the app's; empty for all that the certificate is for
   * @throws RequestRefused where it cannot be used or is for none, or the user may not
   */
  public List<Listed> add(
      Principal user, AppPath path, String chain, String key, Optional<String> domain) {
    App app = access.app(user, path, Role.DEVELOPER);
    requireOwnCertificates();
    try {
      UsableCertificate usable = UsableCertificate.check(chain, key, limits, clock.instant());
      Collection<DomainName> domains = domains(app, usable.chain(), domain);
      AppCertificates.WithKey stored =
          new AppCertificates.WithKey(usable.chain().toPem(), usable.keyPem());
      if (!certificates.put(app.id(), domains, stored, usable.chain().notAfter(), user.name())) {
        throw new RequestRefused(
            RequestRefused.Reason.CONFLICT,
            "A domain of %s was removed just now: try again.".formatted(path));
      }
      LOG.info("{} added a certificate to {} for {}", user.name(), path, domains);
    } catch (CertificateProblem e) {
      throw RequestRefused.invalid(e.sentence());
    }
    return list(user, path);
  }

  private static Collection<DomainName> domains(
      App app, CertificateChain chain, Optional<String> wanted) {
    if (app.domains().isEmpty()) {
      throw RequestRefused.invalid(
          "%s has no domains, and certificates are for domains: add one with `platform domains add`."
              .formatted(app.path()));
    }
    if (wanted.isEmpty()) {
      List<DomainName> all = app.domains().stream().filter(chain::isFor).toList();
      if (all.isEmpty()) {
        throw RequestRefused.invalid(
            "The certificate is for %s, and %s has none of these domains: `platform domains` lists those that it has."
                .formatted(names(chain), app.path()));
      }
      return all;
    }
    DomainName domain =
        DomainName.parse(wanted.get())
            .filter(it -> app.domains().contains(it))
            .orElseThrow(() ->
                RequestRefused.notFound(
                    "%s has no domain %s: `platform domains` lists those that it has."
                        .formatted(app.path(), wanted.get())));
    if (!chain.isFor(domain)) {
      throw RequestRefused.invalid(
          "The certificate is for %s, not for %s: browsers would refuse it."
              .formatted(names(chain), domain));
    }
    return List.of(domain);
  }

  private static String names(CertificateChain chain) {
    return chain.names().isEmpty() ? "no host name" : String.join(", ", chain.names());
  }

  /**
   * Removes the certificate of a domain, for a developer of the namespace.
   *
   * @throws RequestRefused where it has none, or the user may not
   */
  public void remove(Principal user, AppPath path, String domain) {
    App app = access.app(user, path, Role.DEVELOPER);
    requireOwnCertificates();
    boolean had =
        DomainName.parse(domain)
            .filter(name -> certificates.remove(app.id(), name, user.name()))
            .isPresent();
    if (!had) {
      throw RequestRefused.notFound(
          "%s has no certificate for %s: `platform certs` lists those that it has."
              .formatted(path, domain));
    }
    LOG.info("{} removed the certificate of {} from {}", user.name(), domain, path);
  }

  private void requireOwnCertificates() {
    if (infrastructure == Infrastructure.KUBERNETES) {
      throw RequestRefused.invalid(
          "On Kubernetes the Ingress has the certificates: the platform's operator sets PLATFORM_INGRESS_TLS_SECRET={app}-tls and, for cert-manager, PLATFORM_INGRESS_ANNOTATIONS (docs/kubernetes.md); then each domain gets a certificate by itself.");
    }
  }
}
