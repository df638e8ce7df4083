package io.platform.domain;

import java.time.Duration;

/**
 * Bounds of certificates of apps' domains.
 *
 * @param bytes of certificates, and of a key, in PEM
 * @param chain certificates in one file
 * @param warning how long before its end an app is told that a certificate expires
 */
public record CertificateLimits(int bytes, int chain, Duration warning) {
  /** 64 KiB each, 10 certificates, two weeks. */
  public static CertificateLimits defaults() {
    return new CertificateLimits(64 * 1024, 10, Duration.ofDays(14));
  }
}
