package io.platform.process.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A sandbox for each process, by bubblewrap: its own processes, users and mounts; the system's
 * directories read-only; of the platform's data only what is bound. The network is the machine's.
 *
 * <p>The tree: the outer bwrap, which is the server's child; the inner one, process 1 of the
 * sandbox, which reaps; the command. When the server dies, or the outer or the inner bwrap does,
 * the kernel kills all of it.
 */
public final class Bubblewrap implements Sandbox {
  private static final ProcessSettings.Limits NO_LIMITS = new ProcessSettings.Limits(0, 64, 0);

  /** Of a shell. */
  private static final int COMMAND_NOT_FOUND = 127;

  private final ProcessLauncher launcher;
  private final SandboxHardening hardening;
  private final List<String> system;

  private Bubblewrap(ProcessLauncher launcher, SandboxHardening hardening, List<String> system) {
    this.launcher = launcher;
    this.hardening = hardening;
    this.system = system;
  }

  /** A sandbox that works here, or why there is none. */
  public sealed interface Probe {
    record Works(Bubblewrap sandbox) implements Probe {}

    record Fails(String why) implements Probe {}
  }

  /**
   * Tries whole sandboxes, the strictest first. {@code directory} is for the few files that replace
   * the system's.
   */
  public static Probe probe(ProcessLauncher launcher, Path data, Path directory)
      throws IOException {
    List<String> system = SandboxMounts.arguments(data, directory);
    Probe probe = new Probe.Fails("there is nothing to try");
    for (SandboxHardening hardening : SandboxHardening.strictestFirst(directory)) {
      probe = new Bubblewrap(launcher, hardening, system).probe();
      if (probe instanceof Probe.Works) {
        return probe;
      }
    }
    return probe;
  }

  private Probe probe() throws IOException {
    List<String> options = options(List.of());
    options.addAll(List.of("--chdir", "/"));
    Process process =
        launcher.start(
            ShellScripts.sandboxed(
                NO_LIMITS,
                Set.of(),
                hardening.filter(),
                Optional.empty(),
                options,
                List.of("/bin/bash", "-c", ":")),
            Map.of());
    process.getOutputStream().close();
    try (var output = process.getInputStream()) {
      String said = new String(output.readNBytes(2000), UTF_8).strip();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Probe.Fails("bubblewrap did not answer within 5 seconds");
      }
      return switch (process.exitValue()) {
        case 0 -> new Probe.Works(this);
        case COMMAND_NOT_FOUND ->
            new Probe.Fails("bubblewrap (the command bwrap) is not installed");
        default ->
            new Probe.Fails(
                "bubblewrap does not work here: " + said.lines().findFirst().orElse("no message"));
      };
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return new Probe.Fails("the start of the platform was interrupted");
    }
  }

  /** What this sandbox does not do, because the system cannot; for the operator. */
  public Optional<String> lacks() {
    return hardening.lacks();
  }

  /** Devices come before the hardening, which makes their directory read-only. */
  private List<String> options(List<String> devices) {
    List<String> options = new ArrayList<>(system);
    options.addAll(devices);
    options.addAll(hardening.options());
    return options;
  }

  @Override
  public boolean isolated() {
    return true;
  }

  @Override
  public String seen(Path directory, String name) {
    return "/" + name;
  }

  @Override
  public List<String> command(ProcessSpec processSpec, Set<Path> groups) {
    Optional<JoinedSandbox> joined = processSpec.attachment().flatMap(Attachment::joined);
    List<String> options =
        options(
            processSpec.attachment().flatMap(Attachment::terminal).stream()
                .flatMap(device -> Stream.of("--dev-bind", device.toString(), ShellScripts.CONSOLE))
                .toList());
    if (joined.isPresent()) {
      options = entering(options);
    }
    for (Path tool : processSpec.program().tools()) {
      options.addAll(List.of("--ro-bind", tool.toString(), SandboxProgram.inside(tool)));
    }
    for (String name : processSpec.writable()) {
      options.addAll(
          List.of(
              "--bind",
              processSpec.directory().resolve(name).toString(),
              seen(processSpec.directory(), name)));
    }
    options.addAll(
        List.of("--remount-ro", "/", "--chdir", "/" + processSpec.writable().getFirst()));
    List<String> command =
        new ArrayList<>(
            List.of("/bin/bash", "-c", ShellScripts.exec(processSpec.attachment()), "platform"));
    command.add(
        Integer.toString(
            KernelLimits.countsByUserNamespace() ? processSpec.limits().processes() : 0));
    command.addAll(processSpec.program().commandInside());
    return ShellScripts.sandboxed(
        processSpec.limits(), groups, hardening.filter(), joined, options, command);
  }

  /** Enters namespaces in place of making them: their user is the one that they have. */
  private static List<String> entering(List<String> options) {
    List<String> entering = new ArrayList<>(ShellScripts.JOIN);
    for (int i = 0; i < options.size(); i++) {
      switch (options.get(i)) {
        case "--unshare-user", "--unshare-pid", "--disable-userns" -> {}
        case "--uid", "--gid" -> i++;
        default -> entering.add(options.get(i));
      }
    }
    return entering;
  }

  @Override
  public Map<String, String> marks(ProcessSpec processSpec) {
    return Map.of();
  }

  @Override
  public Set<ProcessHandle> processes(ProcessHandle outer, ProcessSpec processSpec) {
    return tree(outer).collect(Collectors.toSet());
  }

  /**
   * To all but the two bwraps: the outer one would take the sandbox down at once. A process 1 gets
   * no signal that it does not handle.
   */
  @Override
  public boolean terminate(ProcessHandle outer, ProcessSpec processSpec) {
    // One look at all processes, of which there can be thousands, and not one for each of them.
    Set<ProcessHandle> inner = outer.children().collect(Collectors.toSet());
    List<ProcessHandle> inside =
        outer.descendants().filter(process -> !inner.contains(process)).toList();
    inside.forEach(ProcessHandle::destroy);
    OrphanProcesses.resume(launcher, inside);
    return !inside.isEmpty();
  }

  private static Stream<ProcessHandle> tree(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants());
  }

  /** Stopped first, so that it cannot fork what nobody would kill: a start may be under way. */
  @Override
  public void kill(ProcessHandle outer, ProcessSpec processSpec) {
    OrphanProcesses.stop(launcher, outer);
    outer.children().forEach(ProcessHandle::destroyForcibly);
    outer.destroyForcibly();
  }

  @Override
  public void ended(ProcessHandle outer, ProcessSpec processSpec) {
    // The kernel has killed what was in its namespace.
  }
}
