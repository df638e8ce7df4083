package io.platform.domain.port;

import io.platform.domain.AppCertificate;
import io.platform.domain.AppId;
import io.platform.domain.DomainName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The certificates of apps' domains, at most one of each; it goes with its domain. Keys are stored
 * encrypted. Changes raise {@link Topic.AppChanged}.
 */
public interface AppCertificates {
  /** Those of an app, by domain. */
  List<AppCertificate> list(AppId app);

  /**
   * Gives domains of an app a certificate, in the place of those that they have.
   *
   * @param certificate chain and key; its id is not looked at
   * @param by who does it (e-mail)
   * @return false where one of the domains is not the app's; then nothing changed
   */
  boolean put(
      AppId app, Collection<DomainName> domains, WithKey certificate, Instant notAfter, String by);

  /**
   * Removes the certificate of a domain.
   *
   * @param by who does it (e-mail)
   * @return whether it had one
   */
  boolean remove(AppId app, DomainName domain, String by);

  /** The ids of all certificates, by the domain that is served with each. */
  Map<DomainName, String> served();

  /** One that is served; empty where it was replaced or removed. */
  Optional<WithKey> find(String id);

  /**
   * Records an event for each certificate that expires soon, and one when it has expired; each
   * once.
   *
   * @param soon certificates that expire before this expire soon
   * @return how many events
   */
  int warn(Instant now, Instant soon);

  /**
   * A certificate and its key, in PEM.
   *
   * @param key a secret
   */
  record WithKey(String chain, String key) {
    @Override
    public String toString() {
      return "WithKey[…]";
    }
  }
}
