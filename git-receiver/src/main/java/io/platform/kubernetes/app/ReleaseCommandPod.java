package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.commons.console.LineSplitter;
import io.platform.domain.ExitDetail;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.RolloutNotice;
import io.platform.domain.port.ReleaseCommandProgress;
import io.platform.kubernetes.client.ApiText;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.FailedRequestLog;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.PodExitDetails;
import io.platform.kubernetes.client.PodLogStream;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.client.PodWait;
import io.platform.kubernetes.client.StartDelays;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pod of a release command, from now to its end. Its log is followed from the first line on,
 * and again where the API server ends that too early.
 */
final class ReleaseCommandPod {
  private static final Logger LOG = LoggerFactory.getLogger(ReleaseCommandPod.class);

  /** Between the end of a log and the pod's status, which tells of the end a little later. */
  private static final Duration SETTLES = Duration.ofSeconds(2);

  private final KubernetesApi kubernetes;
  private final Pod pod;
  private final Duration limit;
  private final ClusterConfig.Times times;
  private final ReleaseCommandProgress progress;
  private final PodWait wait;
  private final long begun = System.nanoTime();
  private long stuckSince = Long.MIN_VALUE;
  private long linesPassedOn;

  ReleaseCommandPod(
      KubernetesApi kubernetes,
      Pod pod,
      Duration limit,
      ClusterConfig.Times times,
      ReleaseCommandProgress progress) {
    this.kubernetes = kubernetes;
    this.pod = pod;
    this.limit = limit;
    this.times = times;
    this.progress = progress;
    this.wait = new PodWait(kubernetes, pod);
  }

  /** Returns why it failed; empty where it succeeded. */
  Optional<ReleaseFailureCause> await() throws InterruptedException {
    boolean _ = wait.await(this::hasBegun, left());
    while (wait.last().filter(ReleaseCommandPod::isRunning).isPresent()) {
      followLog();
      boolean _ = wait.await(now -> now == null || !isRunning(now), least(left(), SETTLES));
      if (left().isNegative()) {
        kubernetes.delete(pod);
        return Optional.of(new ReleaseFailureCause.ReleaseCommandTimedOut(limit));
      }
    }
    Optional<Pod> last = wait.last();
    if (last.isPresent() && PodState.of(last.get()) instanceof PodState.Ended(PodState.End end)) {
      followLog();
      return end(last.get(), end);
    }
    return Optional.of(notBegun());
  }

  /** What remains of the time for its start and its run. */
  private Duration left() {
    return limit.plus(times.boot()).minusNanos(System.nanoTime() - begun);
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static boolean isRunning(Pod pod) {
    return PodState.of(pod) instanceof PodState.Running;
  }

  /** Whether there is a log, or never will be one; tells on the way what Kubernetes does. */
  private boolean hasBegun(@Nullable Pod now) {
    if (now == null) {
      return true;
    }
    return switch (PodState.of(now)) {
      case PodState.Running running -> true;
      case PodState.Ended ended -> true;
      case PodState.Crashing crashing -> true;
      case PodState.Starting(String node) -> isScheduled(node);
      case PodState.Initializing(String node, int _, var _) -> isScheduled(node);
      case PodState.Unscheduled(Optional<String> why) -> {
        why.ifPresent(it ->
            progress.event(
                StartDelays.unschedulableKey(it),
                new RolloutNotice.PodsDelayed(StartDelays.unschedulable(it))));
        yield false;
      }
      case PodState.Stuck(String reason, String message) -> {
        progress.event(
            StartDelays.stuckKey(reason),
            new RolloutNotice.PodsDelayed(StartDelays.stuck(reason, message)));
        yield isStuckForGood();
      }
    };
  }

  private boolean isScheduled(String node) {
    progress.event("node/" + node, new RolloutNotice.PodScheduled(name(), node));
    return false;
  }

  private boolean isStuckForGood() {
    long now = System.nanoTime();
    if (stuckSince == Long.MIN_VALUE) {
      stuckSince = now;
    }
    return now - stuckSince >= times.stuck().toNanos();
  }

  private void followLog() throws InterruptedException {
    LineSplitter splitter = new LineSplitter(new RepeatedOutput()::line);
    try (InputStream output =
        PodLogStream.follow(
            kubernetes.client(),
            pod.getMetadata().getNamespace(),
            name(),
            wait.last().map(PodState::container).orElseThrow(),
            false,
            Optional.empty())) {
      splitter.drain(output);
    } catch (ClosedByInterruptException e) {
      LOG.debug("reading the log of pod {} was interrupted", name());
    } catch (KubernetesClientException e) {
      FailedRequestLog.warn(LOG, e, "the log of pod %s cannot be read".formatted(name()));
    } catch (IOException e) {
      LOG.warn("reading the log of pod {} broke off", name(), e);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while following a release command");
    }
  }

  /** A log that is read again from its first line: passes on the lines that are new. */
  private final class RepeatedOutput {
    private long seen;

    void line(String line) {
      if (++seen > linesPassedOn) {
        linesPassedOn = seen;
        progress.output(line);
      }
    }
  }

  private Optional<ReleaseFailureCause> end(Pod ended, PodState.End end) {
    return switch (PodExitDetails.ofBuilder(ended, end)) {
      case ExitDetail.PodDeadline() ->
          Optional.of(new ReleaseFailureCause.ReleaseCommandTimedOut(limit));
      case ExitDetail.PodDeleted() ->
          Optional.of(new ReleaseFailureCause.ReleaseCommandInterrupted());
      case ExitDetail detail ->
          end.succeeded() && detail instanceof ExitDetail.Unknown
              ? Optional.empty()
              : Optional.of(new ReleaseFailureCause.ReleaseCommandFailed(end.exitCode(), detail));
    };
  }

  /** It never ran, or is gone. */
  private ReleaseFailureCause notBegun() {
    Optional<Pod> last = wait.last();
    if (last.isEmpty()) {
      return new ReleaseFailureCause.ReleaseCommandInterrupted();
    }
    kubernetes.delete(pod);
    return switch (PodState.of(last.get())) {
      case PodState.Stuck(String reason, String message) ->
          new ReleaseFailureCause.PodNotStarted(name(), PodExitDetails.stuck(reason, message));
      case PodState.Unscheduled(Optional<String> why) ->
          new ReleaseFailureCause.NoRoom(
              name(), ApiText.inline(why.orElse("it was not given a node")));
      default -> new ReleaseFailureCause.ReleaseCommandTimedOut(limit);
    };
  }

  private String name() {
    return pod.getMetadata().getName();
  }
}
