package io.platform.tls;

import io.platform.domain.DomainName;
import io.platform.domain.port.AppCertificates;
import io.platform.domain.port.Signals;
import io.platform.domain.port.Subscription;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates that HTTPS is served with, by host name. Which domains have one is read again
 * after each change of an app; a certificate and its key when somebody first asks for them. Safe
 * for many threads.
 */
public final class ServerCertificates implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCertificates.class);

  private final AppCertificates certificates;
  private final Subscription subscription;
  private final AtomicBoolean changed = new AtomicBoolean(true);
  private final Map<String, Optional<UsableCertificate>> loaded = new ConcurrentHashMap<>();
  private volatile Map<DomainName, String> ids = Map.of();

  /** All that are stored, also those that are added later. */
  public ServerCertificates(AppCertificates certificates, Signals signals) {
    this.certificates = certificates;
    this.subscription = signals.listen(_ -> changed.set(true));
  }

  /** Whether a host name (lower case) is served. */
  public boolean isServed(String host) {
    return idOf(host).isPresent();
  }

  /** The id of the certificate of a host name (lower case): its own, or that of its wildcard. */
  Optional<String> idOf(String host) {
    Map<DomainName, String> current = current();
    return Stream.of(host, DomainName.wildcardOf(host))
        .flatMap(name -> DomainName.parse(name).stream())
        .flatMap(name -> Optional.ofNullable(current.get(name)).stream())
        .findFirst();
  }

  /** A certificate and its key; one that was replaced a moment ago, too. */
  Optional<UsableCertificate> find(String id) {
    return loaded.computeIfAbsent(id, this::load);
  }

  private Optional<UsableCertificate> load(String id) {
    Optional<AppCertificates.WithKey> stored = certificates.find(id);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(UsableCertificate.read(stored.get().chain(), stored.get().key()));
    } catch (CertificateProblem e) {
      LOG.error("the certificate {} cannot be read, although it was checked", id, e);
      return Optional.empty();
    }
  }

  /** Keeps those from before the change: a handshake that has chosen one still needs it. */
  private Map<DomainName, String> current() {
    if (changed.getAndSet(false)) {
      Map<DomainName, String> before = ids;
      try {
        ids = Map.copyOf(certificates.served());
      } catch (RuntimeException e) {
        changed.set(true);
        throw e;
      }
      Set<String> known =
          Stream.of(before, ids)
              .flatMap(each -> each.values().stream())
              .collect(Collectors.toSet());
      loaded.keySet().retainAll(known);
    }
    return ids;
  }

  @Override
  public void close() {
    subscription.close();
  }
}
