package io.platform.process.sandbox;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The connection of a user to a process: input, and errors that are not mixed with its output, or a
 * terminal.
 *
 * @param terminal the device of its terminal; empty where it has pipes
 * @param joined the sandbox of another process, which it goes into
 */
record Attachment(Optional<Path> terminal, Optional<JoinedSandbox> joined) {}
