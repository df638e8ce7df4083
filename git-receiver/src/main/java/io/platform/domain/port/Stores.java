package io.platform.domain.port;

/** The rows and their signals: what most packages work with. */
public record Stores(Apps apps, Builds builds, Releases releases, BuildLogs log, Signals signals) {}
