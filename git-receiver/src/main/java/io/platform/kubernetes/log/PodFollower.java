package io.platform.kubernetes.log;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.kubernetes.client.ApiErrorKind;
import io.platform.kubernetes.client.ChangeSignal;
import io.platform.kubernetes.client.PodState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the log of one pod until the pod is gone, through all starts of its container. */
final class PodFollower implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PodFollower.class);

  /** Where the watch of pods tells nothing. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final PodLog pod;
  private final LiveLines lines;
  private final ChangeSignal changes;
  private final Optional<Instant> since;
  private int restarts;
  private Optional<Instant> newest = Optional.empty();

  /**
   * Follows from the pod's cursor on.
   *
   * @param changes signals that some pod has changed
   * @param restarts how often the container had been started again when it was read last
   * @param since no line from before
   */
  PodFollower(
      PodLog pod, LiveLines lines, ChangeSignal changes, int restarts, Optional<Instant> since) {
    this.pod = pod;
    this.lines = lines;
    this.changes = changes;
    this.restarts = restarts;
    this.since = since;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long ticket = changes.ticket();
        if (!follow()) {
          return;
        }
        changes.await(ticket, LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Reads until the container ends or the connection breaks off; false once the pod is gone, or all
   * has been read of one that has ended for good.
   */
  private boolean follow() throws InterruptedException {
    try {
      Optional<Pod> now = pod.now();
      if (now.isEmpty()) {
        return false;
      }
      moveOn(now.get());
      readPrevious(PodState.restarts(now.get()));
      if (hasWritten()) {
        followFrom(from());
      }
      Optional<StampedLine> end = pod.end(now.get());
      if (end.isPresent() && since.filter(end.get().at()::isBefore).isEmpty()) {
        lines.add(end.get());
      }
      return !(PodState.of(now.get()) instanceof PodState.Ended);
    } catch (IOException e) {
      LOG.debug("the log of pod {} broke off", pod.name(), e);
    } catch (KubernetesClientException e) {
      LOG.debug("the log of pod {} cannot be read: {}", pod.name(), ApiErrorKind.message(e));
    }
    return true;
  }

  /** To the app's container, when that has come. */
  private void moveOn(Pod now) throws IOException, InterruptedException {
    if (PodState.container(now).equals(pod.container())) {
      return;
    }
    Optional<LogText> rest = pod.read(false, from(), OptionalInt.empty());
    if (rest.isPresent()) {
      copy(rest.get());
    }
    pod.moveTo(PodState.container(now));
    restarts = 0;
  }

  /**
   * Whether there is a line to follow from. The kubelet begins its answer with the first line: a
   * request for those after the last one would wait for it without an answer.
   */
  private boolean hasWritten() throws IOException {
    if (pod.cursor().since().isEmpty()) {
      newest = pod.newest();
      return newest.isPresent();
    }
    return true;
  }

  private void followFrom(Optional<Instant> from) throws IOException, InterruptedException {
    copy(new LogText(pod.follow(from)));
  }

  /** The end of what the container wrote before it was started again. */
  private void readPrevious(int now) throws IOException, InterruptedException {
    if (now <= restarts) {
      return;
    }
    if (now > restarts + 1) {
      lines.lost(); // Kubernetes keeps the last container only
    }
    Optional<LogText> previous = pod.read(true, from(), OptionalInt.empty());
    if (previous.isPresent()) {
      copy(previous.get());
    }
    restarts = now;
  }

  private Optional<Instant> from() {
    return pod.cursor()
        .since()
        .or(() -> since.map(wanted -> newest.filter(wanted::isAfter).orElse(wanted)));
  }

  private void copy(LogText text) throws IOException, InterruptedException {
    pod.cursor().begin();
    try (text) {
      for (Optional<LogText.Line> line = text.next(); line.isPresent(); line = text.next()) {
        Instant at = line.get().at();
        if (pod.cursor().isNew(at) && since.filter(at::isBefore).isEmpty()) {
          lines.add(pod.line(line.get()));
        }
      }
    }
  }
}
