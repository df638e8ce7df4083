package io.platform.kubernetes.oneoff;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.domain.App;
import io.platform.domain.ExitDetail;
import io.platform.domain.ProcessName;
import io.platform.domain.port.AttachedProcess;
import io.platform.domain.port.ExecSpec;
import io.platform.domain.port.OneOffProcesses;
import io.platform.domain.port.OneOffSpec;
import io.platform.failure.PortMessages;
import io.platform.kubernetes.app.PodProcessStates;
import io.platform.kubernetes.client.ApiErrorKind;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.FailedRequestLog;
import io.platform.kubernetes.client.KeyedTimer;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.NamespaceProvisioner;
import io.platform.kubernetes.desired.Labels;
import io.platform.slug.ConfigVars;
import io.platform.slug.RunnerVariables;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands of users on a cluster. */
public final class PodOneOffs implements OneOffProcesses {
  private static final Logger LOG = LoggerFactory.getLogger(PodOneOffs.class);

  /** What a user who has gone leaves behind need not finish. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final KubernetesApi kubernetes;
  private final ClusterConfig config;
  private final PodProcessStates states;
  private final ProcessPods processes;
  private final OneOffPods pods;
  private final OneOffPodSweep sweep;

  /** Those of this installation's apps. */
  public PodOneOffs(
      KubernetesApi kubernetes,
      NamespaceProvisioner namespaces,
      ClusterConfig config,
      PodProcessStates states,
      KeyedTimer timer) {
    this.kubernetes = kubernetes;
    this.config = config;
    this.states = states;
    this.processes = new ProcessPods(kubernetes, config.installation());
    this.pods = new OneOffPods(kubernetes, namespaces, config);
    this.sweep = new OneOffPodSweep(kubernetes, pods, config, timer);
  }

  /** Begins to remove what nobody wants any more. */
  public void start() {
    sweep.start();
  }

  /**
   * The command is started in the container when that runs, and not as its first process: then
   * nothing that it writes before its user is connected can be lost.
   */
  @Override
  public AttachedProcess start(OneOffSpec spec) throws NotStarted {
    sweep.add(spec);
    Optional<Pod> made = Optional.empty();
    boolean started = false;
    try {
      Pod pod = pods.create(spec, true);
      made = Optional.of(pod);
      Pod running = new OneOffStart(kubernetes, config.times(), pod).await();
      PodCommand command =
          PodCommand.start(
              kubernetes.client(),
              running,
              runner(),
              Map.of(), // the pod has them
              spec.terminal(),
              new OneOffEnd(kubernetes.client(), running)::detail,
              it -> end(spec, pod));
      started = true;
      return command;
    } catch (PodSocket.Refused e) {
      throw ConnectionFailureMessages.notStarted(spec.name(), e);
    } catch (IOException e) {
      throw ConnectionFailureMessages.notStarted(spec.name(), e);
    } finally {
      if (!started) {
        made.ifPresentOrElse(pod -> end(spec, pod), () -> sweep.remove(spec));
      }
    }
  }

  private void end(OneOffSpec spec, Pod pod) {
    sweep.remove(spec);
    Thread.ofVirtual()
        .name("end of a one-off process")
        .start(() -> {
          try {
            pods.remove(pod, GRACE);
          } catch (KubernetesClientException e) {
            FailedRequestLog.warn(
                LOG,
                e,
                "the pod %s could not be removed; it is tried again"
                    .formatted(pod.getMetadata().getName()));
          }
        });
  }

  @Override
  public void startDetached(OneOffSpec spec) throws NotStarted {
    pods.create(spec, false);
  }

  @Override
  public List<RunningOneOff> list(App app) {
    return states.oneOffs(app).stream()
        .map(it ->
            new RunningOneOff(
                it.state(),
                it.pod().getMetadata().getAnnotations().getOrDefault(Labels.COMMAND, "")))
        .toList();
  }

  @Override
  public boolean stop(App app, ProcessName name) {
    try {
      Optional<Pod> pod = pods.find(app, name);
      pod.ifPresent(pods::remove);
      return pod.isPresent();
    } catch (KubernetesClientException e) {
      throw ApiErrorKind.thrown(e);
    }
  }

  @Override
  public AttachedProcess exec(ExecSpec spec) throws NotStarted {
    Pod pod = processes.running(spec.app(), spec.process());
    try {
      return PodCommand.start(
          kubernetes.client(),
          pod,
          runner(),
          inside(spec),
          spec.terminal(),
          exitCode -> new ExitDetail.Unknown(),
          PodOneOffs::endInside);
    } catch (PodSocket.Refused e) {
      throw ConnectionFailureMessages.notStarted(spec.process(), e);
    } catch (IOException e) {
      throw ConnectionFailureMessages.notStarted(spec.process(), e);
    }
  }

  private static void endInside(PodCommand command) {
    if (command.mayRun()) {
      command.session().end();
    }
  }

  /** The runner makes the environment that the process has, and becomes the command. */
  private static Map<String, String> inside(ExecSpec spec) {
    Map<String, String> variables = new TreeMap<>(ConfigVars.toEnvironment(spec.environment()));
    variables.put(RunnerVariables.COMMAND, spec.command());
    variables.put(RunnerVariables.INSIDE, "true");
    return variables;
  }

  private List<String> runner() {
    return config.apps().program().words();
  }

  @Override
  public AttachedProcess connect(App app, ProcessName process, int port) throws NotStarted {
    Pod pod = processes.running(app, process);
    int number = port == OWN_PORT ? ownPort(pod, process) : port;
    try {
      return PortConnection.open(kubernetes.client(), pod, process, number);
    } catch (PodSocket.Refused e) {
      throw ConnectionFailureMessages.notStarted(process, e);
    } catch (IOException e) {
      throw ConnectionFailureMessages.notStarted(process, e);
    }
  }

  private static int ownPort(Pod pod, ProcessName name) throws NotStarted {
    return pod.getSpec().getContainers().getFirst().getPorts().stream()
        .map(ContainerPort::getContainerPort)
        .findFirst()
        .orElseThrow(() -> new NotStarted(PortMessages.noOwnPort(name)));
  }
}
