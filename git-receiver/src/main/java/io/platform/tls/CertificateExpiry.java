package io.platform.tls;

import io.platform.commons.shutdown.BoundedStop;
import io.platform.domain.CertificateLimits;
import io.platform.domain.port.AppCertificates;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells apps that their certificates expire, on a thread of its own. */
public final class CertificateExpiry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateExpiry.class);
  private static final Duration STOPPING = Duration.ofSeconds(4);
  private static final Duration EVERY = Duration.ofHours(1);

  private final AppCertificates certificates;
  private final CertificateLimits limits;
  private final InstantSource clock;
  private final Thread thread;

  private CertificateExpiry(
      AppCertificates certificates, CertificateLimits limits, InstantSource clock) {
    this.certificates = certificates;
    this.limits = limits;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("certificate-expiry").unstarted(this::work);
  }

  /** Begins to look, now and each hour. */
  public static CertificateExpiry start(
      AppCertificates certificates, CertificateLimits limits, InstantSource clock) {
    CertificateExpiry expiry = new CertificateExpiry(certificates, limits, clock);
    expiry.thread.start();
    return expiry;
  }

  private void work() {
    try {
      while (true) {
        look();
        TimeUnit.NANOSECONDS.sleep(EVERY.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      Instant now = clock.instant();
      int warned = certificates.warn(now, now.plus(limits.warning()));
      if (warned > 0) {
        LOG.warn("{} certificates of apps' domains expire soon, or have expired", warned);
      }
    } catch (RuntimeException e) {
      LOG.warn("expiring certificates could not be looked for; that is tried again", e);
    }
  }

  @Override
  public void close() {
    BoundedStop.stop(thread, STOPPING);
  }
}
