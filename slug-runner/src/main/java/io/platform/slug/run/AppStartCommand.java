package io.platform.slug.run;

import io.platform.slug.ProcessTypes;
import io.platform.slug.SlugExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The program that the runner becomes: bash, which goes to the app's directory, sources {@code
 * .profile.d/*.sh} and {@code .profile}, and runs the command of the process type with another
 * {@code bash -c}, in its own place. In a sandbox with a process namespace of its own it stays
 * instead, and waits until that is empty: a shell that died of SIGTERM would take an app with it
 * that is still finishing. Process 1 of a container becomes tini first, and not the other way
 * round: the environment of the process that the container began with, the token in it, could be
 * read by the app for ever.
 *
 * @param environment of the app, {@code NAME=value} each
 */
record AppStartCommand(String program, List<String> arguments, List<String> environment) {
  private static final String BASH = "/bin/bash";

  /** Reaps orphans and hands signals on: as process 1, bash and node ignore SIGTERM. */
  private static final String INIT = "/usr/bin/tini";

  AppStartCommand {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
  }

  static AppStartCommand of(ProcessTypes types, RunnerSettings settings, String classPath)
      throws RunFailure {
    String command = command(types, settings);
    Map<String, String> env = new TreeMap<>(settings.inherited());
    env.put("HOME", settings.appDirectory().toString());
    env.put("PWD", settings.appDirectory().toString());
    List<String> environment = new ArrayList<>();
    env.forEach((name, value) -> environment.add(name + "=" + value));
    String script = script("profile.sh") + script(settings.waits() ? "wait.sh" : "exec.sh");
    String java = Path.of(System.getProperty("java.home", "/"), "bin", "java").toString();
    List<String> bash = List.of("bash", "-c", script, "bash", command, java, classPath);
    if (ProcessHandle.current().pid() != 1 || !Files.isExecutable(Path.of(INIT))) {
      return new AppStartCommand(BASH, bash, environment);
    }
    List<String> init = new ArrayList<>(List.of("tini", "-g", "--"));
    init.addAll(bash);
    return new AppStartCommand(INIT, init, environment);
  }

  /** A one-off process has a command of its own, which may be the name of a process type. */
  private static String command(ProcessTypes types, RunnerSettings settings) throws RunFailure {
    if (settings.command().isPresent()) {
      String own = settings.command().get();
      return types.command(own).orElse(own);
    }
    return types
        .command(settings.process())
        .orElseThrow(() ->
            new RunFailure(
                SlugExitCode.UNKNOWN_PROCESS_TYPE,
                "The app has no process type `"
                    + settings.process()
                    + "`. It has: "
                    + String.join(", ", types.names())
                    + ". Add it to the Procfile and push again."));
  }

  private static String script(String name) {
    try (InputStream in = AppStartCommand.class.getResourceAsStream("/runner/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the runner's own " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException("the runner's own " + name + " cannot be read", unreadable);
    }
  }

  /** Without the environment, which has the config vars. */
  @Override
  public String toString() {
    return "AppCommand[" + program + "]";
  }
}
