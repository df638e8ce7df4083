package io.platform.kubernetes.build;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.StartDelay;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.BuildSpec;
import io.platform.domain.port.BuilderEvent;
import io.platform.domain.port.Subscription;
import io.platform.kubernetes.client.ApiErrorKind;
import io.platform.kubernetes.client.ApiText;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.KeyedTimer;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.NamespaceProvisioner;
import io.platform.kubernetes.client.PodEvents;
import io.platform.kubernetes.client.ResourceInformer;
import io.platform.kubernetes.client.StartDelays;
import io.platform.kubernetes.desired.BuildObjects;
import io.platform.kubernetes.desired.Labels;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builders as pods, each with a Secret that owns it. */
public final class KubernetesBuildRunner implements BuildRunner, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesBuildRunner.class);
  private static final Duration FIRST_SIGHT = Duration.ofMinutes(1);

  private final BuildPods pods;
  private final BuildWatch watch;
  private final BuildPodSweep sweep;
  private final LaunchQueue queue;
  private final ResourceInformer<Pod> informer;

  public KubernetesBuildRunner(
      KubernetesApi kubernetes,
      NamespaceProvisioner namespaces,
      ClusterConfig config,
      KeyedTimer timer) {
    this.pods =
        new BuildPods(
            kubernetes,
            namespaces,
            config.installation(),
            new BuildObjects(config.installation(), config.builds()));
    this.sweep = new BuildPodSweep(kubernetes, pods, config, timer);
    this.queue = new LaunchQueue(timer, this::launchAgain);
    this.watch = new BuildWatch(new PodEvents(kubernetes), timer, config.times(), this::finished);
    this.informer =
        new ResourceInformer<>(
            kubernetes
                .client()
                .pods()
                .inAnyNamespace()
                .withLabels(Labels.selector(config.installation(), Labels.BUILDER))
                .runnableInformer(0),
            watch,
            kubernetes.health());
  }

  @Override
  public void launch(BuildSpec spec) throws LaunchFailed {
    try {
      pods.make(spec);
    } catch (NamespaceProvisioner.Foreign e) {
      throw new LaunchFailed(new BuildFailureCause.NamespaceTaken(e.namespace()), e);
    } catch (KubernetesClientException e) {
      refused(spec, e);
    }
  }

  /** What passes is tried again, and the pusher hears why it takes so long. */
  private void refused(BuildSpec spec, KubernetesClientException e) throws LaunchFailed {
    String why = ApiErrorKind.message(e);
    switch (ApiErrorKind.of(e)) {
      case QUOTA_EXCEEDED -> waits(spec, "quota", StartDelays.quota(why));
      case QUOTA_NOT_COUNTED -> waits(spec, "quota/uncounted", new StartDelay.QuotaNotCounted());
      case FORBIDDEN, INVALID ->
          throw new LaunchFailed(new BuildFailureCause.PodRefused(ApiText.inline(why)), e);
      case GONE -> waits(spec, "gone", new StartDelay.NamespaceRemoved());
      case CONFLICT, PASSING -> {
        LOG.warn("build {} could not be started; it is tried again: {}", spec.id(), why);
        waits(spec, "passing", new StartDelay.ApiUnavailable());
      }
    }
  }

  private void waits(BuildSpec spec, String key, StartDelay why) {
    watch.waits(spec.id(), key, why);
    queue.add(spec);
  }

  private void launchAgain(BuildSpec spec) {
    try {
      launch(spec);
    } catch (LaunchFailed e) {
      LOG.warn("build {} could not be started", spec.id(), e);
      watch.failed(spec.id(), e.failure());
    } catch (RuntimeException e) {
      LOG.warn("build {} could not be started; it is tried again", spec.id(), e);
      queue.add(spec);
    }
  }

  @Override
  public Subscription watch(Consumer<BuilderEvent> consumer) {
    informer.start(FIRST_SIGHT);
    sweep.start();
    return watch.add(consumer);
  }

  @Override
  public void cancel(BuildId id) {
    try {
      queued(id).ifPresent(pods::removeSecret);
      pods.stop(id);
    } catch (KubernetesClientException e) {
      throw ApiErrorKind.thrown(e);
    }
    watch.forget(id);
  }

  private Optional<BuildSpec> queued(BuildId id) {
    try {
      return queue.remove(id);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while build %s is launched".formatted(id), e);
    }
  }

  private void finished(Pod pod) {
    sweep.finished(pod);
    queue.roomMade();
  }

  @Override
  public void close() {
    informer.close();
  }
}
