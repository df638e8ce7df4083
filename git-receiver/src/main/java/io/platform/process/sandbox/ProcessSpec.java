package io.platform.process.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that is needed to start a process in a {@link Sandbox}.
 *
 * @param name tells processes apart in logs
 * @param directory the process's own, with one directory for each of {@code writable}
 * @param writable names of directories that it may write, which it sees as {@code /name} where
 *     there is a sandbox; the first is where it starts
 * @param environment all of its environment; may hold secrets
 * @param attachment for a process that a user is connected to
 */
public record ProcessSpec(
    String name,
    Path directory,
    List<String> writable,
    SandboxProgram program,
    Map<String, String> environment,
    ProcessSettings.Limits limits,
    Optional<Attachment> attachment) {

  /** One that has no input, and writes a log. */
  public ProcessSpec(
      String name,
      Path directory,
      List<String> writable,
      SandboxProgram program,
      Map<String, String> environment,
      ProcessSettings.Limits limits) {
    this(name, directory, writable, program, environment, limits, Optional.empty());
  }

  /** The same for a user who is connected. */
  ProcessSpec with(Attachment attached) {
    return new ProcessSpec(
        name, directory, writable, program, environment, limits, Optional.of(attached));
  }

  /**
   * What every builder and app finds in its environment. {@code home} and {@code tmp} as the
   * process sees them.
   */
  static Map<String, String> environment(String home, String tmp) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    environment.put("LANG", "C.UTF-8");
    environment.put("HOME", home);
    environment.put("TMPDIR", tmp);
    environment.put("USER", "app");
    environment.put("LOGNAME", "app");
    environment.put("SHELL", "/bin/bash");
    environment.put("PYTHONUNBUFFERED", "1");
    return environment;
  }

  @Override
  public String toString() {
    return "Launch[" + name + "]";
  }
}
