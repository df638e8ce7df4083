package io.platform.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.app.App;
import io.platform.app.AppId;
import io.platform.app.AppRuntime;
import io.platform.app.Release;
import io.platform.app.RolloutEnd;
import io.platform.app.RolloutLog;
import io.platform.app.RunSpec;
import io.platform.app.Subscription;
import io.platform.cluster.desired.ReleaseObjects;
import io.platform.slug.ProcessTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Apps as Deployments. Of the process types, {@code web} is run. */
final class ClusterApps implements AppRuntime, AutoCloseable {
  private final ClusterConfig config;
  private final Kubernetes kubernetes;
  private final Namespaces namespaces;
  private final ReleaseObjects objects;
  private final ReleaseSecrets secrets;
  private final AppRemoval removal;
  private final WebPods webPods;
  private final PodEvents events;
  private final Bell bell = new Bell();
  private final AppsObserved observed;
  private final Map<AppId, Applied> applied = new ConcurrentHashMap<>();
  private final Drift drift = new Drift(app -> Optional.ofNullable(applied.get(app)));

  ClusterApps(Kubernetes kubernetes, Namespaces namespaces, ClusterConfig config) {
    this.config = config;
    this.kubernetes = kubernetes;
    this.namespaces = namespaces;
    this.objects = new ReleaseObjects(config.installation(), config.apps());
    this.secrets = new ReleaseSecrets(kubernetes, config.installation(), objects);
    this.removal = new AppRemoval(kubernetes, config);
    this.webPods = new WebPods(kubernetes);
    this.events = new PodEvents(kubernetes);
    this.observed = new AppsObserved(kubernetes, config, bell, drift);
  }

  /** Asks Kubernetes for nothing where it is as it was asked for. */
  @Override
  public void apply(RunSpec spec) {
    observed.start();
    if (isInPlace(spec)) {
      return;
    }
    drift.clear(spec.app().id());
    try {
      Applied now = hasWeb(spec) ? applyWeb(spec) : withoutWeb(spec);
      applied.put(spec.app().id(), now);
    } catch (KubernetesClientException e) {
      throw Refusal.thrown(e);
    }
    bell.ring();
  }

  private boolean isInPlace(RunSpec spec) {
    Optional<Applied> before = applied(spec);
    return before.isPresent()
        && !drift.isSuspected(spec.app().id())
        && before.get().objects().equals(wanted(spec))
        && (before.get().deployment().isEmpty()
            || (observed.hasWays(spec)
                && observed.deployment(spec).filter(before.get()::isUnchangedIn).isPresent()));
  }

  private Applied applyWeb(RunSpec spec) {
    try {
      return namespaces.within(spec.app(), () -> applyWebIn(spec));
    } catch (Namespaces.Foreign e) {
      throw new IllegalStateException(e);
    }
  }

  private Applied applyWebIn(RunSpec spec) {
    secrets.make(spec);
    List<HasMetadata> wanted = wanted(spec);
    List<HasMetadata> made = new ArrayList<>();
    wanted.forEach(object -> made.add(kubernetes.apply(object)));
    return new Applied(
        spec.release().id(),
        wanted,
        made.stream().filter(Deployment.class::isInstance).map(Deployment.class::cast).findFirst());
  }

  private Applied withoutWeb(RunSpec spec) {
    removal.stop(spec.app());
    return new Applied(spec.release().id(), List.of(), Optional.empty());
  }

  @Override
  public RolloutEnd await(RunSpec spec, RolloutLog log) throws InterruptedException {
    if (!hasWeb(spec)) {
      log.event("no-web", Words.noWeb());
      if (removal.hasNamespace(spec.app())) {
        secrets.removeBefore(spec);
      }
      return new RolloutEnd.Live();
    }
    log.event(
        "starting",
        Words.starting(spec.release().processTypes().command(ProcessTypes.WEB).orElseThrow()));
    RolloutStory story = new RolloutStory(config, log, System::nanoTime);
    try (RolloutWait wait = new RolloutWait(spec, story, observed, bell, config.times())) {
      if (isPending(spec)) {
        wait.tellEvents(events, config.installation().namespaceOf(spec.app()));
      }
      return end(spec, wait.await(() -> applied(spec)));
    }
  }

  private RolloutEnd end(RunSpec spec, RolloutWait.Result result) throws InterruptedException {
    return switch (result) {
      case RolloutWait.Result.Overtaken() -> new RolloutEnd.Superseded();
      case RolloutWait.Result.Seen(RolloutStory.Outcome.Failed(String message, var pod)) -> {
        List<String> lines = pod.map(webPods::lastLines).orElse(List.of());
        clearAway(spec);
        yield new RolloutEnd.Failed(message, lines);
      }
      case RolloutWait.Result.Seen seen -> {
        if (isPending(spec) && observed.service(spec).isPresent()) {
          Answering.await(observed.service(spec).get());
        }
        if (isPending(spec) && observed.hasOtherPods(spec)) {
          Answering.awaitOnly();
        }
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
      throw Refusal.thrown(e);
    }
    bell.ring();
  }

  private Optional<Applied> applied(RunSpec spec) {
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
