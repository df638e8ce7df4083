package io.platform.kubernetes.oneoff;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.commons.process.ExitStatus;
import io.platform.domain.ExitDetail;
import io.platform.kubernetes.client.PodExitDetails;
import io.platform.kubernetes.client.PodState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether the command of a one-off process was killed because it needed too much memory.
 * Its exit code does not tell. Where the kernel killed all of the container, the pod's status does;
 * where it killed the command alone, as with control groups of the first version, the container's
 * own count of such kills does.
 */
record OneOffEnd(KubernetesClient client, Pod pod) {
  private static final Logger LOG = LoggerFactory.getLogger(OneOffEnd.class);

  /** For the kubelet to tell how the container has ended. */
  private static final Duration STATUS = Duration.ofSeconds(10);

  /** Succeeds where the kernel has killed a process of the container for its memory. */
  private static final String COUNTED =
      "grep -qs '^oom_kill [1-9]' /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control";

  ExitDetail detail(int exitCode) {
    if (exitCode != ExitStatus.KILLED) {
      return new ExitDetail.Unknown();
    }
    return counted()
        .map(killed -> killed ? PodExitDetails.outOfMemory(pod) : new ExitDetail.Unknown())
        .orElseGet(this::ofContainer);
  }

  /** Asks in the container; empty where that has ended, too. */
  private Optional<Boolean> counted() {
    Answer answer = new Answer();
    try (PodSocket _ =
        PodSocket.open(
            client,
            PodPath.exec(pod, List.of("bash", "-c", COUNTED), false),
            PodCommand.PROTOCOL,
            answer)) {
      return answer
          .killed
          .completeOnTimeout(Optional.empty(), STATUS.toSeconds(), TimeUnit.SECONDS)
          .join();
    } catch (IOException | PodSocket.Refused e) {
      LOG.debug("pod {} is not there to be asked", pod.getMetadata().getName(), e);
      return Optional.empty();
    }
  }

  private ExitDetail ofContainer() {
    try {
      Pod ended =
          client
              .resource(pod)
              .waitUntilCondition(OneOffEnd::hasEnded, STATUS.toMillis(), TimeUnit.MILLISECONDS);
      return ended != null && PodState.of(ended) instanceof PodState.Ended(PodState.End end)
          ? PodExitDetails.ofBuilder(ended, end)
          : new ExitDetail.Unknown();
    } catch (KubernetesClientException e) {
      LOG.debug("pod {} did not tell how it has ended", pod.getMetadata().getName(), e);
      return new ExitDetail.Unknown();
    }
  }

  private static boolean hasEnded(@Nullable Pod now) {
    return now == null || PodState.of(now) instanceof PodState.Ended;
  }

  private static final class Answer implements PodSocket.Receiver {
    final CompletableFuture<Optional<Boolean>> killed = new CompletableFuture<>();

    @Override
    public void message(int channel, ByteBuffer data) {
      if (channel == PodCommand.STATUS) {
        killed.complete(
            ExecStatus.of(data) instanceof ExecStatus.End.Exited(int code)
                ? Optional.of(code == 0)
                : Optional.empty());
      }
    }

    @Override
    public void over() {
      killed.complete(Optional.empty());
    }
  }
}
