package io.platform.domain;

import java.time.Instant;

/**
 * The certificate of one of an app's domains, without its key.
 *
 * @param chain in PEM, the domain's own first
 * @param notAfter when it expires
 */
public record AppCertificate(DomainName domain, String chain, Instant notAfter, Instant addedAt) {}
