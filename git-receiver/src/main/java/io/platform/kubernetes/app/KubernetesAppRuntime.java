package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.ProcessCrash;
import io.platform.domain.ProcessPlan;
import io.platform.domain.Release;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.RolloutEnd;
import io.platform.domain.RolloutNotice;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.Rollout;
import io.platform.domain.port.RolloutLog;
import io.platform.domain.port.RunSpec;
import io.platform.domain.port.Subscription;
import io.platform.kubernetes.client.ApiErrorKind;
import io.platform.kubernetes.client.ChangeSignal;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.NamespaceProvisioner;
import io.platform.kubernetes.client.PodEvents;
import io.platform.kubernetes.desired.ObjectNames;
import io.platform.kubernetes.desired.ReleaseObjects;
import io.platform.slug.ProcessTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Apps as Deployments, one for each process type. The web processes of a new release come up beside
 * the old ones; then those of other types are replaced.
 */
public final class KubernetesAppRuntime implements AppRuntime, AutoCloseable {
  private final ClusterConfig config;
  private final KubernetesApi kubernetes;
  private final NamespaceProvisioner namespaces;
  private final ReleaseObjects objects;
  private final ReleaseSecrets secrets;
  private final AppRemoval removal;
  private final PodOutput output;
  private final PodEvents events;
  private final PodHealth health;
  private final ChangeSignal changes = new ChangeSignal();
  private final AppResources observed;
  private final FormerDeployment former;
  private final PodRestarts restarts;
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
    this.output = new PodOutput(kubernetes);
    this.events = new PodEvents(kubernetes);
    this.health = new PodHealth(kubernetes);
    this.observed = new AppResources(kubernetes, config, changes, drift);
    this.former = new FormerDeployment(kubernetes, observed);
    this.restarts = new PodRestarts(kubernetes, observed);
  }

  /** Asks Kubernetes for nothing where it is as it was asked for. */
  @Override
  public Rollout apply(RunSpec spec) {
    Optional<ReleaseFailureCause.SameNames> same = ReleaseObjects.sameNames(spec);
    if (same.isPresent()) {
      return log -> new RolloutEnd.Failed(same.get(), List.of());
    }
    observed.start();
    if (!isInPlace(spec)) {
      change(spec);
    }
    return log -> await(spec, log);
  }

  private void change(RunSpec spec) {
    drift.clear(spec.app().id());
    try {
      applied.put(spec.app().id(), runsAnything(spec) ? applyWeb(spec) : nothing(spec));
    } catch (KubernetesClientException e) {
      throw ApiErrorKind.thrown(e);
    }
    changes.signal();
  }

  private boolean runsAnything(RunSpec spec) {
    return spec.release().hasWeb() || !objects.others(spec).isEmpty();
  }

  private static AppliedRelease nothing(RunSpec spec) {
    return AppliedRelease.of(spec.release().id(), List.of(), List.of());
  }

  /** Whether what the web processes need is as it was asked for. */
  private boolean isInPlace(RunSpec spec) {
    Optional<AppliedRelease> before = applied(spec);
    return before.isPresent()
        && !drift.isSuspected(spec.app().id())
        && before.get().web().equals(objects.web(spec))
        && (!spec.release().hasWeb()
            || (observed.hasWays(spec)
                && observed
                    .deployment(spec, ProcessTypes.WEB)
                    .filter(before.get()::isUnchangedIn)
                    .isPresent()));
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
    refuseForeign(spec, ProcessTypes.WEB);
    List<HasMetadata> wanted = objects.web(spec);
    List<HasMetadata> made = new ArrayList<>();
    observed.formerIngresses(spec).forEach(kubernetes::delete);
    wanted.forEach(object -> made.add(kubernetes.apply(object)));
    List<Deployment> answers =
        made.stream()
            .filter(Deployment.class::isInstance)
            .map(Deployment.class::cast)
            .map(deployment -> former.successor(spec, deployment))
            .toList();
    return AppliedRelease.of(spec.release().id(), wanted, answers);
  }

  private void refuseForeign(RunSpec spec, String type) {
    observed
        .deployment(spec, type)
        .filter(there -> !AppResources.app(there).equals(spec.app().id()))
        .ifPresent(there -> {
          throw new IllegalStateException(
              "the Deployment %s is of another app, which has not moved to its new name yet"
                  .formatted(there.getMetadata().getName()));
        });
  }

  /** Web processes first, then the others, then what the release does not have is removed. */
  private RolloutEnd await(RunSpec spec, RolloutLog log) throws InterruptedException {
    announce(spec, log);
    for (String type : proving(spec)) {
      if (!type.equals(ProcessTypes.WEB) && !applyOthers(spec)) {
        return new RolloutEnd.Superseded();
      }
      RolloutWait.Result result = await(spec, type, log);
      if (!(result instanceof RolloutWait.Result.Seen(RolloutProgress.Outcome.Up()))) {
        return notUp(spec, result);
      }
    }
    awaitTraffic(spec);
    if (!applyOthers(spec)) {
      return new RolloutEnd.Superseded();
    }
    removeLeftovers(spec);
    restarts.run(spec);
    return new RolloutEnd.Live();
  }

  /** The types whose processes have to come up for the release to be live. */
  private static List<String> proving(RunSpec spec) {
    ProcessPlan plan = plan(spec);
    if (plan.quantity(ProcessTypes.WEB) > 0) {
      return List.of(ProcessTypes.WEB);
    }
    return plan.scales().keySet().stream().filter(type -> plan.quantity(type) > 0).toList();
  }

  private static ProcessPlan plan(RunSpec spec) {
    return ProcessPlan.of(spec.app().formation(), spec.release().processTypes());
  }

  private static void announce(RunSpec spec, RolloutLog log) {
    if (!spec.release().hasWeb()) {
      log.event("no-web", new RolloutNotice.NoWeb(plan(spec).total() > 0));
    }
    for (String type : proving(spec)) {
      String command = spec.release().processTypes().command(type).orElse("");
      log.event("starting/" + type, new RolloutNotice.Starting(type, 1, command));
    }
  }

  private RolloutWait.Result await(RunSpec spec, String type, RolloutLog log)
      throws InterruptedException {
    RolloutProgress progress =
        new RolloutProgress(
            config, type, new FailedProbes(spec.release().appJson(), type), log, System::nanoTime);
    try (RolloutWait wait =
        new RolloutWait(spec, type, progress, observed, changes, config.times())) {
      if (isPending(spec)) {
        wait.observeEvents(events, config.installation().namespaceOf(spec.app()));
      }
      return wait.await(() -> applied(spec));
    }
  }

  private RolloutEnd notUp(RunSpec spec, RolloutWait.Result result) {
    if (result
        instanceof RolloutWait.Result.Seen(RolloutProgress.Outcome.Failed(var cause, var pod))) {
      List<String> lines = pod.map(output::lastLines).orElse(List.of());
      clearAway(spec);
      return new RolloutEnd.Failed(cause, lines);
    }
    return new RolloutEnd.Superseded();
  }

  private void awaitTraffic(RunSpec spec) throws InterruptedException {
    if (!isPending(spec) || plan(spec).quantity(ProcessTypes.WEB) == 0) {
      return;
    }
    if (observed.service(spec).isPresent()) {
      ServiceProbe.await(observed.service(spec).get());
    }
    if (observed.hasOtherWebPods(spec)) {
      ServiceProbe.awaitOnly();
    }
  }

  /** Returns false where another release was applied meanwhile. */
  private boolean applyOthers(RunSpec spec) {
    Optional<AppliedRelease> before = applied(spec);
    List<Deployment> wanted = objects.others(spec);
    if (before.isPresent() && !areInPlace(spec, before.get(), wanted)) {
      try {
        plan(spec).scales().keySet().forEach(type -> refuseForeign(spec, type));
        List<Deployment> answers = wanted.stream().map(kubernetes::apply).toList();
        applied.computeIfPresent(
            spec.app().id(),
            (id, known) -> known.isOf(spec) ? known.withOthers(wanted, answers) : known);
      } catch (KubernetesClientException e) {
        throw ApiErrorKind.thrown(e);
      }
    }
    return before.isPresent();
  }

  private boolean areInPlace(RunSpec spec, AppliedRelease before, List<Deployment> wanted) {
    long unchanged =
        observed.deployments(spec).stream()
            .filter(now -> wanted.stream().anyMatch(it -> name(it).equals(name(now))))
            .filter(before::isUnchangedIn)
            .count();
    return before.others().equals(wanted) && unchanged == wanted.size();
  }

  /** Deployments of types that the release lacks, and of earlier versions of the platform. */
  private void removeLeftovers(RunSpec spec) {
    Set<String> wanted = new HashSet<>();
    objects.others(spec).forEach(deployment -> wanted.add(name(deployment)));
    if (spec.release().hasWeb()) {
      wanted.add(ObjectNames.of(spec.app(), ProcessTypes.WEB));
    } else if (observed.service(spec).isPresent()) {
      removal.stopServing(spec.app());
    }
    observed.deployments(spec).stream()
        .filter(deployment -> !wanted.contains(name(deployment)))
        .forEach(kubernetes::delete);
    if (runsAnything(spec) || removal.hasNamespace(spec.app())) {
      secrets.removeFormer(spec);
    }
  }

  private static String name(Deployment deployment) {
    return deployment.getMetadata().getName();
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
  public Subscription watchCrashes(Consumer<ProcessCrash> consumer) {
    return observed.watchCrashes(seen ->
        consumer.accept(health.cause(seen.pod()).map(seen.crash()::with).orElseGet(seen::crash)));
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

  private static boolean isPending(RunSpec spec) {
    return spec.release().status() == Release.Status.PENDING;
  }

  @Override
  public void close() {
    observed.close();
  }
}
