package io.platform.domain;

import java.util.Optional;

/**
 * The processes and the release that should run of an app.
 *
 * @param desired the release that should run; empty before the first one
 * @param live the newest release that came up; it goes on until {@code desired} is up
 */
public record DesiredState(App app, Optional<Release> desired, Optional<Release> live) {}
