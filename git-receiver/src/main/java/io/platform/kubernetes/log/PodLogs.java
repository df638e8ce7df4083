package io.platform.kubernetes.log;

import io.fabric8.kubernetes.api.model.Pod;
import io.platform.domain.App;
import io.platform.domain.LogQuery;
import io.platform.domain.LogSource;
import io.platform.domain.port.AppEvents;
import io.platform.domain.port.Apps;
import io.platform.domain.port.ProcessLogSink;
import io.platform.domain.port.ProcessLogs;
import io.platform.domain.port.Signals;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.desired.InstallationId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The logs of apps whose processes are pods: what these write, as far as the kubelets keep it, and
 * the app's events. Requests go to the pods past the platform, so that there are no lines of them.
 */
public final class PodLogs implements ProcessLogs {
  private final KubernetesApi kubernetes;
  private final InstallationId installation;
  private final Apps apps;
  private final AppEvents events;
  private final Signals signals;
  private final int most;

  /** Reads the logs of these apps. */
  public PodLogs(
      KubernetesApi kubernetes,
      InstallationId installation,
      Apps apps,
      AppEvents events,
      Signals signals) {
    this(kubernetes, installation, apps, events, signals, LogFollowing.MOST_PODS);
  }

  PodLogs(
      KubernetesApi kubernetes,
      InstallationId installation,
      Apps apps,
      AppEvents events,
      Signals signals,
      int most) {
    this.kubernetes = kubernetes;
    this.installation = installation;
    this.apps = apps;
    this.events = events;
    this.signals = signals;
    this.most = most;
  }

  @Override
  public void read(App app, LogQuery query, ProcessLogSink sink)
      throws IOException, InterruptedException {
    Optional<LogPlace> resumed = Optional.empty();
    if (query.after().isPresent()) {
      resumed = Optional.of(LogPlace.of(query.after().get()));
    }
    Optional<Instant> since = resumed.map(LogPlace::at).or(query::since);
    OptionalInt tail = resumed.isPresent() ? OptionalInt.empty() : query.tail();
    LogOutput output = new LogOutput(sink, resumed);
    AppPods pods = new AppPods(kubernetes, installation, app, query);
    AppEventLines lines = new AppEventLines(events, app, query, since);

    List<Pod> all = pods.list();
    if (all.size() > most && !query.follow()) {
      output.lost();
    }
    Map<String, LogFollowing.Known> known = known(all, pods.tellsEnds());
    boolean nothingYet = tail.isPresent() && tail.getAsInt() == 0;
    if (nothingYet) {
      lines.skip().ifPresent(output::skip);
      for (LogFollowing.Known pod : known.values()) {
        pod.log().skip().ifPresent(output::skip);
      }
    } else {
      readBacklog(known, lines, query, since, tail, output);
    }
    if (query.follow()) {
      output.begin();
      try (LogFollowing following =
          new LogFollowing(
              new LogFollowing.Origin(pods, kubernetes, query.sources().contains(LogSource.APP)),
              known,
              since,
              most)) {
        following.start(app, lines, signals);
        following.run(output, () -> isThere(app));
      }
    }
  }

  private boolean isThere(App app) {
    return apps.find(app.id()).filter(it -> it.status() == App.Status.ACTIVE).isPresent();
  }

  private Map<String, LogFollowing.Known> known(List<Pod> pods, boolean tellsEnds) {
    Map<String, LogFollowing.Known> known = new LinkedHashMap<>();
    pods.stream()
        .limit(most)
        .forEach(pod ->
            known.put(
                pod.getMetadata().getName(),
                new LogFollowing.Known(
                    new PodLog(kubernetes, pod, tellsEnds), PodState.restarts(pod))));
    return known;
  }

  private static void readBacklog(
      Map<String, LogFollowing.Known> known,
      AppEventLines events,
      LogQuery query,
      Optional<Instant> since,
      OptionalInt tail,
      LogOutput output)
      throws IOException, InterruptedException {
    List<Backlog.Lines> origins = new ArrayList<>();
    if (query.sources().contains(LogSource.PLATFORM)) {
      origins.add(events);
    }
    known
        .values()
        .forEach(pod -> origins.add(new PodBacklog(pod.log(), pod.restarts() > 0, since, tail)));
    try {
      new Backlog().merge(origins, tail, output);
    } finally {
      for (Backlog.Lines lines : origins) {
        lines.close();
      }
    }
  }
}
