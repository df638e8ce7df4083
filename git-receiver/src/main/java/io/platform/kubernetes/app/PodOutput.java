package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Loggable;
import io.platform.commons.console.TerminalText;
import io.platform.kubernetes.client.FailedRequestLog;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.PodState;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last lines that the process of a pod wrote. */
final class PodOutput {
  private static final Logger LOG = LoggerFactory.getLogger(PodOutput.class);
  private static final int LINES = 30;
  private static final int BYTES = 64 * 1024;

  private final KubernetesApi kubernetes;

  PodOutput(KubernetesApi kubernetes) {
    this.kubernetes = kubernetes;
  }

  /** The last lines of the container that ended last, or else of the one that runs. */
  List<String> lastLines(Pod pod) {
    Optional<PodState.End> last =
        switch (PodState.of(pod)) {
          case PodState.Running running -> running.last();
          case PodState.Initializing initializing -> initializing.last();
          case PodState.Crashing crashing -> crashing.last();
          case PodState.Ended(PodState.End end) -> Optional.of(end);
          default -> Optional.empty();
        };
    boolean runs =
        PodState.of(pod) instanceof PodState.Running
            || PodState.of(pod) instanceof PodState.Initializing;
    boolean previous = runs && last.isPresent();
    try {
      return lines(log(pod, previous));
    } catch (KubernetesClientException e) {
      FailedRequestLog.warn(
          LOG, e, "the log of pod %s cannot be read".formatted(pod.getMetadata().getName()));
    } catch (IOException e) {
      LOG.warn(
          "reading the log of pod {} broke off: {}", pod.getMetadata().getName(), e.toString());
    }
    return last.map(end -> lines(end.message())).orElse(List.of());
  }

  private String log(Pod pod, boolean previous) throws IOException {
    var container =
        kubernetes
            .client()
            .pods()
            .inNamespace(pod.getMetadata().getNamespace())
            .withName(pod.getMetadata().getName())
            .inContainer(PodState.container(pod));
    Loggable lines =
        previous ? container.terminated().tailingLines(LINES) : container.tailingLines(LINES);
    // Lines have no limit of their own, and limitBytes would keep the first of them.
    try (InputStream in = lines.getLogInputStream()) {
      return OutputTail.of(in, BYTES);
    }
  }

  private static List<String> lines(String text) {
    List<String> lines = text.lines().map(TerminalText::line).toList();
    return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
  }
}
