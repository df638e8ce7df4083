package io.platform.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What builds and apps share: where they run, and what starts and holds them. */
record Host(
    Path data,
    String owner,
    Spawner spawner,
    Box box,
    WorkDirectories directories,
    DiskWatch disk) {

  /** Where their directories are. */
  Path work() {
    return data.resolve("work");
  }

  /** The environment of a process with the directories {@code app} and {@code tmp}. */
  Map<String, String> environment(Path directory) {
    return Launch.environment(box.seen(directory, "app"), box.seen(directory, "tmp"));
  }

  Child start(Launch launch, Output output) throws IOException {
    Child child = Child.start(spawner, box, owner, launch, output);
    disk.add(launch, child);
    return child;
  }

  /** Runs all at the same time, and returns when all are done. */
  void together(List<Runnable> tasks) {
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
