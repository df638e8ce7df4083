package io.platform.process.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The directories, sandbox and launcher that builds and apps share. */
public record ProcessContext(
    Path data,
    String owner,
    ProcessLauncher launcher,
    Sandbox sandbox,
    WorkDirectories directories,
    DiskWatch disk,
    ControlGroups groups) {

  /** Where their directories are. */
  public Path work() {
    return data.resolve("work");
  }

  /** The environment of a process with the directories {@code app} and {@code tmp}. */
  public Map<String, String> environment(Path directory) {
    return ProcessSpec.environment(sandbox.seen(directory, "app"), sandbox.seen(directory, "tmp"));
  }

  public ChildProcess start(ProcessSpec processSpec, OutputSink output) throws IOException {
    ChildProcess child = ChildProcess.start(launcher, sandbox, owner, groups, processSpec, output);
    disk.add(processSpec, child);
    return child;
  }

  /** Runs all at the same time, and returns when all are done. */
  public void together(List<Runnable> tasks) {
    List<Thread> threads = tasks.stream().map(Thread.ofVirtual()::start).toList();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
