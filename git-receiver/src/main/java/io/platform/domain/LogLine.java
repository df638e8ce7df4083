package io.platform.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of an app's log.
 *
 * @param position the place after it: reading goes on from there
 * @param at when it was written, or received
 * @param process whose line it is, or which process it is about; empty where it is about the app
 * @param text without line feed; as the process wrote it, so it may hold any other control
 *     character
 */
public record LogLine(
    LogPosition position,
    Instant at,
    LogSource source,
    Optional<ProcessName> process,
    String text) {}
