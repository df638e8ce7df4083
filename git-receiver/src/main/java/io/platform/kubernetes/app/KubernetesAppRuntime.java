package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.Release;
import io.platform.domain.RolloutEnd;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.Rollout;
import io.platform.domain.port.RolloutLog;
import io.platform.domain.port.RunSpec;
import io.platform.domain.port.Subscription;
import io.platform.kubernetes.client.ApiErrorKind;
import io.platform.kubernetes.client.ChangeSignal;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.ClusterMessages;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.NamespaceProvisioner;
import io.platform.kubernetes.client.PodEvents;
import io.platform.kubernetes.desired.ReleaseObjects;
import io.platform.slug.ProcessTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Apps as Deployments. Of the process types, {@code web} is run. */
public final class KubernetesAppRuntime implements AppRuntime, AutoCloseable {
  private final ClusterConfig config;
  private final KubernetesApi kubernetes;
  private final NamespaceProvisioner namespaces;
  private final ReleaseObjects objects;
  private final ReleaseSecrets secrets;
  private final AppRemoval removal;
  private final WebPodOutput webPods;
  private final PodEvents events;
  private final ChangeSignal changes = new ChangeSignal();
  private final AppResources observed;
  private final FormerDeployment former;
  private final Map<AppId, AppliedRelease> applied = new ConcurrentHashMap<>();
  private final DriftDetector drift =
      new DriftDetector(app -> Optional.ofNullable(applied.get(app)));

  public KubernetesAppRuntime(
      KubernetesApi kubernetes, NamespaceProvisioner namespaces, ClusterConfig config) {
    this.config = config;
    this.kubernetes = kubernetes;
    this.namespaces = namespaces;
    this.objects = new ReleaseObjects(config.installation(), config.apps());
    this.secrets = new ReleaseSecrets(kubernetes, config.installation(), objects);
    this.removal = new AppRemoval(kubernetes, config);
    this.webPods = new WebPodOutput(kubernetes);
    this.events = new PodEvents(kubernetes);
    this.observed = new AppResources(kubernetes, config, changes, drift);
    this.former = new FormerDeployment(kubernetes, observed);
  }

  /** Asks Kubernetes for nothing where it is as it was asked for. */
  @Override
  public Rollout apply(RunSpec spec) {
    observed.start();
    if (!isInPlace(spec)) {
      change(spec);
    }
    return log -> await(spec, log);
  }

  private void change(RunSpec spec) {
    drift.clear(spec.app().id());
    try {
      AppliedRelease now = hasWeb(spec) ? applyWeb(spec) : withoutWeb(spec);
      applied.put(spec.app().id(), now);
    } catch (KubernetesClientException e) {
      throw ApiErrorKind.thrown(e);
    }
    changes.signal();
  }

  private boolean isInPlace(RunSpec spec) {
    Optional<AppliedRelease> before = applied(spec);
    return before.isPresent()
        && !drift.isSuspected(spec.app().id())
        && before.get().objects().equals(wanted(spec))
        && (before.get().deployment().isEmpty()
            || (observed.hasWays(spec)
                && observed.deployment(spec).filter(before.get()::isUnchangedIn).isPresent()));
  }

  private AppliedRelease applyWeb(RunSpec spec) {
    try {
      return namespaces.within(spec.app(), () -> applyWebIn(spec));
    } catch (NamespaceProvisioner.Foreign e) {
      throw new IllegalStateException(e);
    }
  }

  private AppliedRelease applyWebIn(RunSpec spec) {
    secrets.make(spec);
    observed
        .deployment(spec)
        .filter(there -> !AppResources.app(there).equals(spec.app().id()))
        .ifPresent(there -> {
          throw new IllegalStateException(
              "the Deployment %s is of another app, which has not moved to its new name yet"
                  .formatted(there.getMetadata().getName()));
        });
    List<HasMetadata> wanted = wanted(spec);
    List<HasMetadata> made = new ArrayList<>();
    wanted.forEach(object -> made.add(kubernetes.apply(object)));
    Optional<Deployment> deployment =
        made.stream().filter(Deployment.class::isInstance).map(Deployment.class::cast).findFirst();
    return new AppliedRelease(
        spec.release().id(), wanted, deployment.map(it -> former.successor(spec, it)));
  }

  private AppliedRelease withoutWeb(RunSpec spec) {
    removal.stop(spec.app());
    return new AppliedRelease(spec.release().id(), List.of(), Optional.empty());
  }

  private RolloutEnd await(RunSpec spec, RolloutLog log) throws InterruptedException {
    if (!hasWeb(spec)) {
      log.event("no-web", ClusterMessages.noWeb());
      if (removal.hasNamespace(spec.app())) {
        secrets.removeBefore(spec);
      }
      return new RolloutEnd.Live();
    }
    log.event(
        "starting",
        ClusterMessages.starting(
            spec.release().processTypes().command(ProcessTypes.WEB).orElseThrow()));
    RolloutProgress progress = new RolloutProgress(config, log, System::nanoTime);
    try (RolloutWait wait = new RolloutWait(spec, progress, observed, changes, config.times())) {
      if (isPending(spec)) {
        wait.tellEvents(events, config.installation().namespaceOf(spec.app()));
      }
      return end(spec, wait.await(() -> applied(spec)));
    }
  }

  private RolloutEnd end(RunSpec spec, RolloutWait.Result result) throws InterruptedException {
    return switch (result) {
      case RolloutWait.Result.Overtaken() -> new RolloutEnd.Superseded();
      case RolloutWait.Result.Seen(RolloutProgress.Outcome.Failed(var cause, var pod)) -> {
        List<String> lines = pod.map(webPods::lastLines).orElse(List.of());
        clearAway(spec);
        yield new RolloutEnd.Failed(cause, lines);
      }
      case RolloutWait.Result.Seen seen -> {
        if (isPending(spec) && observed.service(spec).isPresent()) {
          ServiceProbe.await(observed.service(spec).get());
        }
        if (isPending(spec) && observed.hasOtherPods(spec)) {
          ServiceProbe.awaitOnly();
        }
        former.remove(spec);
        secrets.removeBefore(spec);
        yield new RolloutEnd.Live();
      }
    };
  }

  /**
   * Where something else ran before, its pods are there still, and the next application of its
   * release is all that is to be done; where nothing did, nothing is left.
   */
  private void clearAway(RunSpec spec) {
    if (!isPending(spec)) {
      return;
    }
    applied.remove(spec.app().id());
    if (spec.app().live().isEmpty()) {
      removal.stop(spec.app());
    }
    secrets.remove(spec);
  }

  @Override
  public Subscription watch(Consumer<AppId> consumer) {
    return drift.watch(consumer);
  }

  @Override
  public void remove(App app) throws InterruptedException {
    applied.remove(app.id());
    try {
      removal.remove(app);
    } catch (KubernetesClientException e) {
      throw ApiErrorKind.thrown(e);
    }
    changes.signal();
  }

  private Optional<AppliedRelease> applied(RunSpec spec) {
    return Optional.ofNullable(applied.get(spec.app().id())).filter(known -> known.isOf(spec));
  }

  private List<HasMetadata> wanted(RunSpec spec) {
    return hasWeb(spec) ? objects.web(spec) : List.of();
  }

  private static boolean hasWeb(RunSpec spec) {
    return spec.release().processTypes().command(ProcessTypes.WEB).isPresent();
  }

  private static boolean isPending(RunSpec spec) {
    return spec.release().status() == Release.Status.PENDING;
  }

  @Override
  public void close() {
    observed.close();
  }
}
