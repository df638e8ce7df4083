package io.platform.domain;

import java.time.Instant;

/** A host name of its own at which an app answers. */
public record AppDomain(DomainName name, Instant addedAt) {}
