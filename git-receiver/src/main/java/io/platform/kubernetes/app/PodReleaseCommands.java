package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.platform.domain.App;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseId;
import io.platform.domain.RolloutNotice;
import io.platform.domain.StartDelay;
import io.platform.domain.port.ReleaseCommandProgress;
import io.platform.domain.port.ReleaseCommands;
import io.platform.domain.port.RunSpec;
import io.platform.kubernetes.client.ApiErrorKind;
import io.platform.kubernetes.client.ApiText;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.NamespaceProvisioner;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.client.StartDelays;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.kubernetes.desired.Labels;
import io.platform.kubernetes.desired.ReleaseObjects;
import io.platform.slug.ProcessTypes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Release commands as pods, each with the name of its release and never started again: a deployer
 * that comes after a kill finds it by its name. A pod stays, with its log, until the next one of
 * its app.
 */
public final class PodReleaseCommands implements ReleaseCommands {
  private static final Duration GOES_WITHIN = Duration.ofSeconds(60);

  private final KubernetesApi kubernetes;
  private final NamespaceProvisioner namespaces;
  private final InstallationId installation;
  private final ClusterConfig.Times times;
  private final Duration grace;
  private final ReleaseObjects objects;
  private final ReleaseSecrets secrets;

  /** Runs them on a cluster. */
  public PodReleaseCommands(
      KubernetesApi kubernetes, NamespaceProvisioner namespaces, ClusterConfig config) {
    this.kubernetes = kubernetes;
    this.namespaces = namespaces;
    this.installation = config.installation();
    this.times = config.times();
    this.grace = config.apps().grace();
    this.objects = new ReleaseObjects(config.installation(), config.apps());
    this.secrets = new ReleaseSecrets(kubernetes, config.installation(), objects);
  }

  @Override
  public Optional<ReleaseFailureCause> run(
      RunSpec spec,
      ReleaseCommandKind kind,
      boolean startedBefore,
      Duration limit,
      ReleaseCommandProgress progress)
      throws InterruptedException {
    Pod wanted = objects.releaseCommand(spec, kind, limit);
    try {
      if (startedBefore) {
        if (find(wanted).isEmpty()) {
          return Optional.of(new ReleaseFailureCause.ReleaseCommandInterrupted());
        }
      } else {
        make(spec, wanted, limit, progress);
        progress.started();
      }
      return new ReleaseCommandPod(kubernetes, wanted, limit, times, progress).await();
    } catch (KubernetesClientException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting for " + spec);
      }
      return refused(e, progress);
    }
  }

  private Optional<Pod> find(Pod wanted) {
    return kubernetes.find(wanted).filter(there -> release(there).equals(release(wanted)));
  }

  private static Optional<String> release(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getLabels().get(Labels.RELEASE));
  }

  private void make(RunSpec spec, Pod wanted, Duration limit, ReleaseCommandProgress progress) {
    try {
      namespaces.within(
          spec.app(),
          () -> {
            secrets.make(spec);
            awaitOthers(spec, limit, progress);
            return kubernetes.create(wanted) || find(wanted).isPresent();
          });
    } catch (NamespaceProvisioner.Foreign e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The commands of releases before this one end first, or are ended when their time is over; then
   * their pods go.
   */
  private void awaitOthers(RunSpec spec, Duration limit, ReleaseCommandProgress progress) {
    for (Pod pod : commands(spec.app())) {
      if (release(pod).equals(Optional.of(spec.release().id().value()))) {
        continue;
      }
      if (!(PodState.of(pod) instanceof PodState.Ended)) {
        progress.event(
            "before/" + pod.getMetadata().getName(), new RolloutNotice.AwaitsReleaseCommand());
        if (!endsWithin(pod, limit.plus(times.boot()).plus(grace))) {
          kill(pod);
          continue;
        }
      }
      kubernetes.delete(pod);
    }
  }

  /** Whether it does. One that gets no node, or whose image is not there, has no end. */
  private boolean endsWithin(Pod pod, Duration atMost) {
    try {
      kubernetes
          .client()
          .resource(pod)
          .waitUntilCondition(
              now -> now == null || PodState.of(now) instanceof PodState.Ended,
              atMost.toMillis(),
              TimeUnit.MILLISECONDS);
      return true;
    } catch (KubernetesClientTimeoutException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return false;
    }
  }

  private void kill(Pod pod) {
    kubernetes.delete(pod);
    kubernetes.awaitGone(
        kubernetes.client().resource(pod), pod.getMetadata().getUid(), grace.plus(GOES_WITHIN));
  }

  private List<Pod> commands(App app) {
    Map<String, String> selector = Labels.selector(installation, Labels.APPS);
    selector.put(Labels.APP_ID, app.id().value());
    selector.put(Labels.PROCESS, ProcessTypes.RELEASE);
    return kubernetes
        .client()
        .pods()
        .inNamespace(installation.namespaceOf(app))
        .withLabels(selector)
        .list()
        .getItems();
  }

  /** What passes is tried again. */
  private static Optional<ReleaseFailureCause> refused(
      KubernetesClientException e, ReleaseCommandProgress progress) {
    String why = ApiErrorKind.message(e);
    switch (ApiErrorKind.of(e)) {
      case FORBIDDEN, INVALID -> {
        return Optional.of(new ReleaseFailureCause.PodsRefused(ApiText.inline(why)));
      }
      case QUOTA_EXCEEDED -> progress.event("quota", delayed(StartDelays.quota(why)));
      case QUOTA_NOT_COUNTED ->
          progress.event("quota/uncounted", delayed(new StartDelay.QuotaNotCounted()));
      case GONE -> progress.event("gone", delayed(new StartDelay.NamespaceRemoved()));
      case CONFLICT, PASSING -> progress.event("passing", delayed(new StartDelay.ApiUnavailable()));
    }
    throw ApiErrorKind.thrown(e);
  }

  private static RolloutNotice delayed(StartDelay why) {
    return new RolloutNotice.PodsDelayed(why);
  }

  @Override
  public void stop(App app, ReleaseId release) {
    try {
      for (Pod pod : commands(app)) {
        if (release(pod).equals(Optional.of(release.value()))
            && !(PodState.of(pod) instanceof PodState.Ended)) {
          kill(pod);
        }
      }
    } catch (KubernetesClientException e) {
      throw ApiErrorKind.thrown(e);
    }
  }
}
