package io.platform.process.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs without a sandbox: each process has a session of its own, and a guard kills its process
 * group when the server dies. A process that leaves both its session and its environment behind is
 * not found any more.
 */
public final class ProcessGroup implements Sandbox {
  private final ProcessLauncher launcher;
  private final String owner;

  public ProcessGroup(ProcessLauncher launcher, String owner) {
    this.launcher = launcher;
    this.owner = owner;
  }

  @Override
  public boolean isolated() {
    return false;
  }

  @Override
  public String seen(Path directory, String name) {
    return directory.resolve(name).toString();
  }

  @Override
  public List<String> command(ProcessSpec processSpec, Set<Path> groups) {
    List<String> command = new ArrayList<>(ShellScripts.limited(processSpec.limits(), groups));
    String start = seen(processSpec.directory(), processSpec.writable().getFirst());
    command.addAll(List.of("/bin/bash", "-c", script(processSpec), "platform", start));
    processSpec
        .attachment()
        .flatMap(Attachment::terminal)
        .ifPresent(device -> command.add(device.toString()));
    command.addAll(processSpec.program().command());
    return command;
  }

  /** A process with a user ends with its input or its terminal when the server dies. */
  private static String script(ProcessSpec processSpec) {
    return processSpec
        .attachment()
        .map(attached ->
            attached.terminal().isPresent() ? ShellScripts.ON_TERMINAL : ShellScripts.ATTACHED)
        .orElse(ShellScripts.GUARD);
  }

  @Override
  public Map<String, String> marks(ProcessSpec processSpec) {
    return Map.of(OrphanProcesses.MARK, mark(processSpec));
  }

  /** The guard's two shells are among them, and do not mind. */
  @Override
  public boolean terminate(ProcessHandle outer, ProcessSpec processSpec) {
    Set<ProcessHandle> all = all(outer, processSpec);
    all.forEach(ProcessHandle::destroy);
    OrphanProcesses.resume(launcher, all);
    return all.size() > 2;
  }

  @Override
  public void kill(ProcessHandle outer, ProcessSpec processSpec) {
    // Again and again: what forks while it is looked for is found the next time.
    for (int round = 0; round < 100; round++) {
      Set<ProcessHandle> all = all(outer, processSpec);
      if (all.isEmpty()) {
        return;
      }
      all.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Override
  public void ended(ProcessHandle outer, ProcessSpec processSpec) {
    kill(outer, processSpec);
  }

  @Override
  public Set<ProcessHandle> processes(ProcessHandle outer, ProcessSpec processSpec) {
    Set<ProcessHandle> processes = all(outer, processSpec);
    processes.add(outer);
    return processes;
  }

  private Set<ProcessHandle> all(ProcessHandle outer, ProcessSpec processSpec) {
    Set<ProcessHandle> all = new HashSet<>();
    outer.descendants().forEach(all::add);
    OrphanProcesses.ofSession(outer.pid()).forEach(all::add);
    OrphanProcesses.withVariable(OrphanProcesses.MARK + "=" + mark(processSpec) + "\0")
        .forEach(all::add);
    return all;
  }

  private String mark(ProcessSpec processSpec) {
    return owner + "/" + processSpec.name();
  }
}
