package io.platform.build.intake;

import java.time.Duration;

/**
 * The time limits on the way to a build's end.
 *
 * @param storeRetryTime how long an object store that does not answer is waited for
 * @param buildTime from acceptance to the build's deadline
 */
public record IntakeLimits(Duration storeRetryTime, Duration buildTime) {}
