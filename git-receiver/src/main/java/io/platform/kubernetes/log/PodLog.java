package io.platform.kubernetes.log;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.BytesLimitTerminateTimeTailPrettyLoggable;
import io.fabric8.kubernetes.client.dsl.Loggable;
import io.fabric8.kubernetes.client.dsl.TailPrettyLoggable;
import io.fabric8.kubernetes.client.dsl.TimeTailPrettyLoggable;
import io.platform.domain.LogSource;
import io.platform.domain.ProcessName;
import io.platform.failure.ExitMessages;
import io.platform.kubernetes.app.PodNames;
import io.platform.kubernetes.client.ApiErrorKind;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.PodExitDetails;
import io.platform.kubernetes.client.PodLogStream;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.desired.Labels;
import io.platform.kubernetes.desired.OneOffObjects;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a pod's container, through the API server; that of the one that fetches the slug while
 * it does. Of a container that was started again Kubernetes keeps the one before.
 */
final class PodLog {
  private static final Logger LOG = LoggerFactory.getLogger(PodLog.class);

  /** The limit of a request holds to the end of its answer, which a slow reader holds up. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final KubernetesApi kubernetes;
  private final String namespace;
  private final String name;
  private final ProcessName process;
  private String container;
  private LineCursor cursor = new LineCursor();
  private final Pod first;
  private boolean endIsTold;

  /**
   * Reads nothing yet.
   *
   * @param tellsEnd whether the end of a detached one-off process is a line, too
   */
  PodLog(KubernetesApi kubernetes, Pod pod, boolean tellsEnd) {
    this.kubernetes = kubernetes;
    this.first = pod;
    this.endIsTold =
        !tellsEnd
            || !OneOffObjects.DETACHED.equals(pod.getMetadata().getLabels().get(Labels.ONE_OFF));
    this.namespace = pod.getMetadata().getNamespace();
    this.name = pod.getMetadata().getName();
    this.container = PodState.container(pod);
    this.process = PodNames.process(pod);
  }

  String name() {
    return name;
  }

  String container() {
    return container;
  }

  /** Goes on with another container of the pod, of which nothing was read yet. */
  void moveTo(String next) {
    container = next;
    cursor = new LineCursor();
  }

  LineCursor cursor() {
    return cursor;
  }

  StampedLine line(LogText.Line line) {
    return new StampedLine(line.at(), name, LogSource.APP, Optional.of(process), line.text());
  }

  /** How the process had ended when the pod was seen first, see {@link #end(Pod)}. */
  Optional<StampedLine> end() {
    return end(first);
  }

  /**
   * How a detached one-off process has ended, once: a line after all that it wrote, which has to be
   * read by now.
   */
  Optional<StampedLine> end(Pod now) {
    if (endIsTold || !(PodState.of(now) instanceof PodState.Ended(PodState.End end))) {
      return Optional.empty();
    }
    endIsTold = true;
    Instant ended = PodState.endedAt(now); // in whole seconds
    return Optional.of(
        new StampedLine(
            cursor.since().filter(ended::isBefore).orElse(ended),
            name,
            LogSource.PLATFORM,
            Optional.of(process),
            "The process %s %s"
                .formatted(
                    process, ExitMessages.end(end.exitCode(), PodExitDetails.of(now, end)))));
  }

  /** The pod as it is now; empty where it is gone. */
  Optional<Pod> now() {
    return Optional.ofNullable(
        kubernetes.client().pods().inNamespace(namespace).withName(name).get());
  }

  /**
   * What there is; nothing where there is no such container.
   *
   * @param previous of the container before
   * @param since no line from before; Kubernetes reads whole seconds
   */
  Optional<LogText> read(boolean previous, Optional<Instant> since, OptionalInt tail)
      throws IOException {
    try {
      return Optional.of(new LogText(log(patient(), previous, since, tail).getLogInputStream()));
    } catch (KubernetesClientException e) {
      return switch (ApiErrorKind.of(e)) {
        case GONE, INVALID -> { // no such container, or none yet
          LOG.debug("pod {} has no such log: {}", name, ApiErrorKind.message(e));
          yield Optional.empty();
        }
        default ->
            throw new IOException(
                "the log of pod %s cannot be read: %s".formatted(name, ApiErrorKind.message(e)), e);
      };
    }
  }

  /** What there is, and what comes, until the container ends. */
  InputStream follow(Optional<Instant> since) throws IOException, InterruptedException {
    return PodLogStream.follow(kubernetes.client(), namespace, name, container, true, since);
  }

  /** When the newest line was written; empty where there is none. Passes over nothing. */
  Optional<Instant> newest() throws IOException {
    Optional<LogText> last = read(false, Optional.empty(), OptionalInt.of(1));
    if (last.isEmpty()) {
      return Optional.empty();
    }
    try (LogText text = last.get()) {
      return text.next().map(LogText.Line::at);
    }
  }

  /** Passes over what there is; tells when its last line was written. */
  Optional<Instant> skip() throws IOException {
    cursor.begin();
    Optional<LogText> last = read(false, Optional.empty(), OptionalInt.of(1));
    if (last.isPresent()) {
      try (LogText text = last.get()) {
        for (Optional<LogText.Line> line = text.next(); line.isPresent(); line = text.next()) {
          cursor.isNew(line.get().at());
        }
      }
    }
    return end().map(StampedLine::at).or(cursor::since);
  }

  private KubernetesClient patient() {
    KubernetesClient client = kubernetes.client();
    RequestConfig usual = client.getConfiguration().getRequestConfig();
    return client
        .newClient(
            new RequestConfigBuilder(usual)
                .withRequestTimeout(Math.toIntExact(LONGEST.toMillis()))
                .build())
        .adapt(KubernetesClient.class);
  }

  private Loggable log(
      KubernetesClient client, boolean previous, Optional<Instant> since, OptionalInt tail) {
    BytesLimitTerminateTimeTailPrettyLoggable stamped =
        client
            .pods()
            .inNamespace(namespace)
            .withName(name)
            .inContainer(container)
            .usingTimestamps();
    TimeTailPrettyLoggable which = previous ? stamped.terminated() : stamped;
    TailPrettyLoggable from =
        since.isPresent()
            ? which.sinceTime(Instant.ofEpochSecond(since.get().getEpochSecond()).toString())
            : which;
    Loggable lines = tail.isPresent() ? from.tailingLines(tail.getAsInt()) : from;
    return lines.withReadyWaitTimeout(0);
  }
}
