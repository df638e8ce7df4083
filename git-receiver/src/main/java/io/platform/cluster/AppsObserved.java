package io.platform.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.platform.app.AppId;
import io.platform.app.RunSpec;
import io.platform.cluster.desired.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What runs of all apps, as it is now; rings a bell at every change. */
final class AppsObserved implements AutoCloseable {
  private static final Duration FIRST_SIGHT = Duration.ofMinutes(1);

  private final ClusterConfig config;
  private final Bell bell;
  private final Listener listener;
  private final Observed<Deployment> deployments;
  private final Observed<Service> services;
  private final Optional<Observed<Ingress>> ingresses;
  private final Observed<Pod> pods;

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
  AppsObserved(Kubernetes kubernetes, ClusterConfig config, Bell bell, Listener listener) {
    KubernetesClient client = kubernetes.client();
    Outage outage = kubernetes.outage();
    this.config = config;
    this.bell = bell;
    this.listener = listener;
    Map<String, String> apps = Labels.selector(config.installation(), Labels.APPS);
    this.deployments =
        new Observed<>(
            client.apps().deployments().inAnyNamespace().withLabels(apps).runnableInformer(0),
            new Handler<>(),
            outage);
    this.services =
        new Observed<>(
            client.services().inAnyNamespace().withLabels(apps).runnableInformer(0),
            new Handler<>(),
            outage);
    this.ingresses =
        config
            .apps()
            .ingress()
            .map(wanted ->
                new Observed<>(
                    client
                        .network()
                        .v1()
                        .ingresses()
                        .inAnyNamespace()
                        .withLabels(apps)
                        .runnableInformer(0),
                    new Handler<>(),
                    outage));
    this.pods =
        new Observed<>(
            client.pods().inAnyNamespace().withLabels(apps).runnableInformer(0),
            new PodHandler(),
            outage);
  }

  void start() {
    deployments.start(FIRST_SIGHT);
    services.start(FIRST_SIGHT);
    ingresses.ifPresent(observed -> observed.start(FIRST_SIGHT));
    pods.start(FIRST_SIGHT);
  }

  Optional<Deployment> deployment(RunSpec spec) {
    return find(deployments, spec);
  }

  Optional<Service> service(RunSpec spec) {
    return find(services, spec);
  }

  /** Whether Service and, where there should be one, Ingress are there. */
  boolean hasWays(RunSpec spec) {
    return service(spec).isPresent()
        && ingresses.map(observed -> find(observed, spec).isPresent()).orElse(true);
  }

  /** The pods of a release that are not on their way out. */
  List<Pod> pods(RunSpec spec) {
    return pods.in(config.installation().namespaceOf(spec.app())).stream()
        .filter(pod ->
            spec.release().id().value().equals(pod.getMetadata().getLabels().get(Labels.RELEASE)))
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  /** Whether there are pods of other releases of the app, on their way out too. */
  boolean hasOtherPods(RunSpec spec) {
    return pods.in(config.installation().namespaceOf(spec.app())).stream()
        .filter(pod -> app(pod).equals(spec.app().id()))
        .anyMatch(pod ->
            !spec.release().id().value().equals(pod.getMetadata().getLabels().get(Labels.RELEASE)));
  }

  private <T extends HasMetadata> Optional<T> find(Observed<T> observed, RunSpec spec) {
    return observed.in(config.installation().namespaceOf(spec.app())).stream()
        .filter(object -> object.getMetadata().getName().equals(spec.app().path().name()))
        .findFirst();
  }

  static AppId app(HasMetadata object) {
    return new AppId(object.getMetadata().getLabels().getOrDefault(Labels.APP_ID, "unknown"));
  }

  @Override
  public void close() {
    deployments.close();
    services.close();
    ingresses.ifPresent(Observed::close);
    pods.close();
  }

  private final class Handler<T extends HasMetadata> implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      bell.ring();
    }

    @Override
    public void onUpdate(T before, T now) {
      if (now instanceof Deployment deployment) {
        listener.updated(deployment);
      }
      bell.ring();
    }

    @Override
    public void onDelete(T object, boolean lastStateUnknown) {
      listener.gone(object);
      bell.ring();
    }
  }

  private final class PodHandler implements ResourceEventHandler<Pod> {
    @Override
    public void onAdd(Pod pod) {
      bell.ring();
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
      if (lacksItsConfig(pod) && !lacksItsConfig(before)) {
        listener.lacksItsConfig(pod);
      }
      bell.ring();
    }

    @Override
    public void onDelete(Pod pod, boolean lastStateUnknown) {
      bell.ring();
    }
  }

  private static boolean lacksItsConfig(Pod pod) {
    return PodState.of(pod) instanceof PodState.Stuck stuck
        && stuck.reason().equals("CreateContainerConfigError");
  }
}
