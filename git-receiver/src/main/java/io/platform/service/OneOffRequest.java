package io.platform.service;

import io.platform.domain.ProcessSize;
import io.platform.domain.TerminalSize;
import java.util.Map;
import java.util.Optional;

/**
 * A command that a user wants to run.
 *
 * @param command for a shell
 * @param environment variables beside the config vars
 * @param size of a one-off process
 * @param terminal empty where the user has none
 */
public record OneOffRequest(
    String command,
    Map<String, String> environment,
    ProcessSize size,
    Optional<TerminalSize> terminal) {}
