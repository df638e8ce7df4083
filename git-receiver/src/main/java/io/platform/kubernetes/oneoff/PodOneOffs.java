package io.platform.kubernetes.oneoff;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.platform.domain.App;
import io.platform.domain.ProcessName;
import io.platform.domain.port.AttachedProcess;
import io.platform.domain.port.ExecSpec;
import io.platform.domain.port.OneOffProcesses;
import io.platform.domain.port.OneOffSpec;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.desired.ContainerProgram;
import io.platform.slug.ConfigVars;
import io.platform.slug.RunnerVariables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Commands of users on a cluster. */
public final class PodOneOffs implements OneOffProcesses {
  private static final String NOT_YET =
      "This platform runs on Kubernetes, where `platform run` is not there yet. Use `platform exec` to run a command in a process.";

  private final KubernetesApi kubernetes;
  private final ProcessPods pods;
  private final ContainerProgram runner;

  /** Those of this installation's apps. */
  public PodOneOffs(KubernetesApi kubernetes, ClusterConfig config) {
    this.kubernetes = kubernetes;
    this.pods = new ProcessPods(kubernetes, config.installation());
    this.runner = config.apps().program();
  }

  @Override
  public AttachedProcess start(OneOffSpec spec) throws NotStarted {
    throw new NotStarted(NOT_YET);
  }

  @Override
  public void startDetached(OneOffSpec spec) throws NotStarted {
    throw new NotStarted(NOT_YET);
  }

  @Override
  public List<RunningOneOff> list(App app) {
    return List.of();
  }

  @Override
  public boolean stop(App app, ProcessName name) {
    return false;
  }

  @Override
  public AttachedProcess exec(ExecSpec spec) throws NotStarted {
    Pod pod = pods.running(spec.app(), spec.process());
    try {
      return PodCommand.start(
          kubernetes.client(), pod, inside(spec), spec.terminal(), PodOneOffs::endInside);
    } catch (PodSocket.Refused e) {
      throw RefusedConnections.notStarted(spec.process(), e);
    } catch (IOException e) {
      throw RefusedConnections.notStarted(spec.process(), e);
    }
  }

  private static void endInside(PodCommand command) {
    if (command.mayRun()) {
      command.session().end();
    }
  }

  /** The runner, which makes the environment that the process has, and becomes the command. */
  private List<String> inside(ExecSpec spec) {
    List<String> words = new ArrayList<>();
    words.add("env");
    words.add(RunnerVariables.COMMAND + "=" + spec.command());
    words.add(RunnerVariables.INSIDE + "=true");
    ConfigVars.toEnvironment(spec.environment())
        .forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(runner.words());
    return words;
  }

  @Override
  public AttachedProcess connect(App app, ProcessName process, int port) throws NotStarted {
    Pod pod = pods.running(app, process);
    int number = port == OWN_PORT ? ownPort(pod, process) : port;
    try {
      return PortConnection.open(kubernetes.client(), pod, process, number);
    } catch (PodSocket.Refused e) {
      throw RefusedConnections.notStarted(process, e);
    } catch (IOException e) {
      throw RefusedConnections.notStarted(process, e);
    }
  }

  private static int ownPort(Pod pod, ProcessName name) throws NotStarted {
    return pod.getSpec().getContainers().getFirst().getPorts().stream()
        .map(ContainerPort::getContainerPort)
        .findFirst()
        .orElseThrow(() ->
            new NotStarted(
                "%s has no PORT, as only web processes have: name a port of it.".formatted(name)));
  }
}
