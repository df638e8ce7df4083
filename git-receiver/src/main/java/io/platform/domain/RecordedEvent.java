package io.platform.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * An event of an app, as it was recorded.
 *
 * @param id counts up within the app, in the order in which its events were recorded
 * @param at in milliseconds
 * @param by who did it (e-mail); empty for the platform
 */
public record RecordedEvent(long id, Instant at, Optional<String> by, AppEvent event) {}
