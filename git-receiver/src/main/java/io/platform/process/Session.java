package io.platform.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * No sandbox: a session for each process, under a guard that kills its process group when the
 * server dies. A process that leaves both its session and its environment behind is not found any
 * more.
 */
final class Session implements Box {
  private final Spawner spawner;
  private final String owner;

  Session(Spawner spawner, String owner) {
    this.spawner = spawner;
    this.owner = owner;
  }

  @Override
  public boolean sealed() {
    return false;
  }

  @Override
  public String seen(Path directory, String name) {
    return directory.resolve(name).toString();
  }

  @Override
  public List<String> command(Launch launch) {
    List<String> command = new ArrayList<>(Shell.limited(launch.limits()));
    String start = seen(launch.directory(), launch.writable().getFirst());
    command.addAll(List.of("/bin/bash", "-c", Shell.GUARD, "platform", start));
    command.addAll(launch.program().command());
    return command;
  }

  @Override
  public Map<String, String> marks(Launch launch) {
    return Map.of(Leftovers.MARK, mark(launch));
  }

  /** The guard's two shells are among them, and do not mind. */
  @Override
  public boolean terminate(ProcessHandle outer, Launch launch) {
    Set<ProcessHandle> all = all(outer, launch);
    all.forEach(ProcessHandle::destroy);
    Leftovers.resume(spawner, all);
    return all.size() > 2;
  }

  @Override
  public void kill(ProcessHandle outer, Launch launch) {
    // Again and again: what forks while it is looked for is found the next time.
    for (int round = 0; round < 100; round++) {
      Set<ProcessHandle> all = all(outer, launch);
      if (all.isEmpty()) {
        return;
      }
      all.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Override
  public void ended(ProcessHandle outer, Launch launch) {
    kill(outer, launch);
  }

  @Override
  public Set<ProcessHandle> processes(ProcessHandle outer, Launch launch) {
    Set<ProcessHandle> processes = all(outer, launch);
    processes.add(outer);
    return processes;
  }

  private Set<ProcessHandle> all(ProcessHandle outer, Launch launch) {
    Set<ProcessHandle> all = new HashSet<>();
    outer.descendants().forEach(all::add);
    Leftovers.ofSession(outer.pid()).forEach(all::add);
    Leftovers.withVariable(Leftovers.MARK + "=" + mark(launch) + "\0").forEach(all::add);
    return all;
  }

  private String mark(Launch launch) {
    return owner + "/" + launch.name();
  }
}
