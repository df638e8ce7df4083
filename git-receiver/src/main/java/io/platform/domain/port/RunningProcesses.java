package io.platform.domain.port;

/**
 * The running processes of apps, as their users reach them.
 *
 * @param states how each is
 * @param oneOffs starts commands beside them
 * @param logs their output
 */
public record RunningProcesses(ProcessStates states, OneOffProcesses oneOffs, ProcessLogs logs) {}
