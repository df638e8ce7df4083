package io.platform.process.sandbox;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a process that a user is connected to differs from one that only writes a log: it has input,
 * and errors that are not mixed with its output, or a terminal.
 *
 * @param terminal the device of its terminal; empty where it has pipes
 * @param joined the sandbox of another process, which it goes into
 */
record Attachment(Optional<Path> terminal, Optional<JoinedSandbox> joined) {}
