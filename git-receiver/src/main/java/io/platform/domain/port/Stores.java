package io.platform.domain.port;

/** The stores of the domain and their signals. */
public record Stores(
    Apps apps,
    Builds builds,
    Releases releases,
    BuildLogs log,
    AppEvents events,
    AppDomains domains,
    Maintenance maintenance,
    LogDrains drains,
    AppCertificates certificates,
    Signals signals) {}
