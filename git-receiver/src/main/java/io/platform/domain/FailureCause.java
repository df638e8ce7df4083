package io.platform.domain;

/**
 * A cause of a failed build, release or deploy, as a fact. They travel and are stored as they are;
 * {@code io.platform.failure} makes sentences of them, where somebody reads them.
 */
public sealed interface FailureCause
    permits BuildFailureCause, ReleaseFailureCause, DeployFailureCause {}
