package io.platform.domain;

/**
 * Why a build, a release or a deploy failed, as facts. They travel and are stored as they are;
 * {@code io.platform.failure} makes sentences of them, where somebody reads them.
 */
public sealed interface FailureCause
    permits BuildFailureCause, ReleaseFailureCause, DeployFailureCause {}
