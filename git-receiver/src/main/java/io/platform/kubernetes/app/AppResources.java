package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.platform.domain.AppId;
import io.platform.domain.ProcessCrash;
import io.platform.domain.port.RunSpec;
import io.platform.domain.port.Subscription;
import io.platform.kubernetes.client.ApiServerHealth;
import io.platform.kubernetes.client.ChangeSignal;
import io.platform.kubernetes.client.ChangeSignalHandler;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.client.ResourceInformer;
import io.platform.kubernetes.desired.AppIngress;
import io.platform.kubernetes.desired.Labels;
import io.platform.kubernetes.desired.ObjectNames;
import io.platform.signal.EventDispatcher;
import io.platform.slug.ProcessTypes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The current state of all apps' objects on the cluster; signals every change. */
final class AppResources implements AutoCloseable {
  private static final Duration FIRST_SIGHT = Duration.ofMinutes(1);

  private final ClusterConfig config;
  private final ChangeSignal changes;
  private final Listener listener;
  private final EventDispatcher<PodCrash> crashes = new EventDispatcher<>("watch crashes");
  private final ResourceInformer<Deployment> deployments;
  private final ResourceInformer<Service> services;
  private final Optional<ResourceInformer<Ingress>> ingresses;
  private final ResourceInformer<ReplicaSet> replicaSets;
  private final ResourceInformer<Pod> pods;

  /** A crash, and the pod after it. */
  record PodCrash(Pod pod, ProcessCrash crash) {}

  /** Hears what may be a drift; must not block. */
  interface Listener {
    /** A Deployment is not as before. */
    void updated(Deployment now);

    /** A Deployment, Service or Ingress is gone. */
    void gone(HasMetadata object);

    /** A pod cannot start, for want of its Secret. */
    void lacksItsConfig(Pod pod);
  }

  /** Observes nothing before {@link #start}. */
  AppResources(
      KubernetesApi kubernetes, ClusterConfig config, ChangeSignal changes, Listener listener) {
    KubernetesClient client = kubernetes.client();
    ApiServerHealth health = kubernetes.health();
    this.config = config;
    this.changes = changes;
    this.listener = listener;
    Map<String, String> apps = Labels.selector(config.installation(), Labels.APPS);
    this.deployments =
        new ResourceInformer<>(
            client.apps().deployments().inAnyNamespace().withLabels(apps).runnableInformer(0),
            new Handler<>(),
            health);
    this.services =
        new ResourceInformer<>(
            client.services().inAnyNamespace().withLabels(apps).runnableInformer(0),
            new Handler<>(),
            health);
    this.ingresses =
        config
            .apps()
            .ingress()
            .map(wanted ->
                new ResourceInformer<>(
                    client
                        .network()
                        .v1()
                        .ingresses()
                        .inAnyNamespace()
                        .withLabels(apps)
                        .runnableInformer(0),
                    new Handler<>(),
                    health));
    this.replicaSets =
        new ResourceInformer<>(
            client.apps().replicaSets().inAnyNamespace().withLabels(apps).runnableInformer(0),
            new ChangeSignalHandler<>(changes),
            health);
    this.pods =
        new ResourceInformer<>(
            client.pods().inAnyNamespace().withLabels(apps).runnableInformer(0),
            new PodHandler(),
            health);
  }

  void start() {
    deployments.start(FIRST_SIGHT);
    services.start(FIRST_SIGHT);
    ingresses.ifPresent(informer -> informer.start(FIRST_SIGHT));
    replicaSets.start(FIRST_SIGHT);
    pods.start(FIRST_SIGHT);
  }

  /** Tells, until closed, which processes crash. */
  Subscription watchCrashes(Consumer<PodCrash> consumer) {
    return crashes.add(consumer, List.of());
  }

  /** The Deployment of a process type. */
  Optional<Deployment> deployment(RunSpec spec, String type) {
    return find(deployments, spec, ObjectNames.of(spec.app(), type));
  }

  /** All Deployments of the app. */
  List<Deployment> deployments(RunSpec spec) {
    return deployments.in(config.installation().namespaceOf(spec.app())).stream()
        .filter(it -> app(it).equals(spec.app().id()))
        .toList();
  }

  /** What an earlier version of the platform made in its place. */
  Optional<Deployment> formerDeployment(RunSpec spec) {
    return find(deployments, spec, ObjectNames.formerDeployment(spec.app()))
        .filter(it -> app(it).equals(spec.app().id()));
  }

  Optional<Service> service(RunSpec spec) {
    return find(services, spec, ObjectNames.of(spec.app()));
  }

  /** Whether Service and, where there should be one, Ingress are there. */
  boolean hasWays(RunSpec spec) {
    return service(spec).isPresent()
        && formerIngresses(spec).isEmpty()
        && ingresses
            .map(informer ->
                informer.in(AppIngress.namespace(config.installation(), spec.app())).stream()
                    .anyMatch(it -> it.getMetadata().getName().equals(AppIngress.name(spec.app()))))
            .orElse(true);
  }

  /**
   * The Ingresses of the app that it should not have now: it went into maintenance or out of it.
   */
  List<Ingress> formerIngresses(RunSpec spec) {
    return ingresses.stream()
        .flatMap(informer -> informer.all().stream())
        .filter(it -> app(it).equals(spec.app().id()))
        .filter(it -> !it.getMetadata().getName().equals(AppIngress.name(spec.app())))
        .toList();
  }

  /** The pods of a release and of its Deployment's template that are not on their way out. */
  List<Pod> pods(RunSpec spec, String type, Deployment deployment) {
    List<Pod> all =
        pods(spec).stream()
            .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
            .filter(pod -> isOf(pod, Labels.RELEASE, spec.release().id().value()))
            .filter(pod -> isOf(pod, Labels.PROCESS, Labels.value(type)))
            .toList();
    return CurrentPods.of(
        deployment, replicaSets.in(config.installation().namespaceOf(spec.app())), all);
  }

  /** All pods of the app's processes, of other releases too; without one-off processes. */
  List<Pod> pods(RunSpec spec) {
    return pods.in(config.installation().namespaceOf(spec.app())).stream()
        .filter(pod -> app(pod).equals(spec.app().id()))
        .filter(pod -> !pod.getMetadata().getLabels().containsKey(Labels.ONE_OFF))
        .toList();
  }

  /** Whether there are web pods of other releases of the app, on their way out too. */
  boolean hasOtherWebPods(RunSpec spec) {
    return pods(spec).stream()
        .filter(pod -> isOf(pod, Labels.PROCESS, ProcessTypes.WEB))
        .anyMatch(pod -> !isOf(pod, Labels.RELEASE, spec.release().id().value()));
  }

  private static boolean isOf(Pod pod, String label, String value) {
    return value.equals(pod.getMetadata().getLabels().get(label));
  }

  private <T extends HasMetadata> Optional<T> find(
      ResourceInformer<T> informer, RunSpec spec, String name) {
    return informer.in(config.installation().namespaceOf(spec.app())).stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst();
  }

  static AppId app(HasMetadata object) {
    return new AppId(object.getMetadata().getLabels().getOrDefault(Labels.APP_ID, "unknown"));
  }

  @Override
  public void close() {
    deployments.close();
    services.close();
    ingresses.ifPresent(ResourceInformer::close);
    replicaSets.close();
    pods.close();
  }

  private final class Handler<T extends HasMetadata> implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      changes.signal();
    }

    @Override
    public void onUpdate(T before, T now) {
      if (now instanceof Deployment deployment) {
        listener.updated(deployment);
      }
      changes.signal();
    }

    @Override
    public void onDelete(T object, boolean lastStateUnknown) {
      listener.gone(object);
      changes.signal();
    }
  }

  private final class PodHandler implements ResourceEventHandler<Pod> {
    @Override
    public void onAdd(Pod pod) {
      changes.signal();
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
      if (lacksItsConfig(pod) && !lacksItsConfig(before)) {
        listener.lacksItsConfig(pod);
      }
      PodCrashes.between(before, pod)
          .ifPresent(crash -> crashes.dispatch(new PodCrash(pod, crash)));
      changes.signal();
    }

    @Override
    public void onDelete(Pod pod, boolean lastStateUnknown) {
      changes.signal();
    }
  }

  private static boolean lacksItsConfig(Pod pod) {
    return PodState.of(pod) instanceof PodState.Stuck stuck
        && stuck.reason().equals("CreateContainerConfigError");
  }
}
