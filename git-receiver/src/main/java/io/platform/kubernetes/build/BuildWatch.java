package io.platform.kubernetes.build;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.ExitDetail;
import io.platform.domain.StartDelay;
import io.platform.domain.port.BuilderEvent;
import io.platform.domain.port.Subscription;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.KeyedTimer;
import io.platform.kubernetes.client.PodEvents;
import io.platform.kubernetes.client.PodExitDetails;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.desired.Labels;
import io.platform.signal.EventDispatcher;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Watches all build pods and notifies subscribers. */
final class BuildWatch implements ResourceEventHandler<Pod> {
  private final PodEvents events;
  private final KeyedTimer timer;
  private final ClusterConfig.Times times;
  private final Consumer<Pod> finished;
  private final EventDispatcher<BuilderEvent> watchers = new EventDispatcher<>("watch builds");
  private final Map<BuildId, BuildProgress> builds = new HashMap<>();
  private final Map<String, Subscription> tails = new HashMap<>();

  /** The pods, by uid, that are given up where nothing changes. */
  private final Set<String> stuck = new HashSet<>();

  /**
   * Sees nothing yet.
   *
   * @param finished hears of each pod that has ended or is gone; it must not block
   */
  BuildWatch(
      PodEvents events, KeyedTimer timer, ClusterConfig.Times times, Consumer<Pod> finished) {
    this.events = events;
    this.timer = timer;
    this.times = times;
    this.finished = finished;
  }

  /** Tells what is known now, before it returns, and then what comes. */
  synchronized Subscription add(Consumer<BuilderEvent> consumer) {
    return watchers.add(
        consumer, builds.values().stream().flatMap(progress -> progress.soFar().stream()).toList());
  }

  @Override
  public void onAdd(Pod pod) {
    observed(pod);
  }

  @Override
  public void onUpdate(Pod before, Pod pod) {
    observed(pod);
  }

  @Override
  public synchronized void onDelete(Pod pod, boolean lastStateUnknown) {
    stopTail(pod);
    doNotGiveUp(pod);
    BuildId build = build(pod);
    BuildProgress progress = progress(build);
    if (!lastStateUnknown) {
      dispatch(progress.observe(pod)); // the last that Kubernetes knew of it: perhaps its end
    }
    dispatch(progress.gone(new ExitDetail.PodDeleted()));
    builds.remove(build);
    finished.accept(pod);
  }

  /** It cannot be launched yet. */
  synchronized void waits(BuildId build, String key, StartDelay why) {
    dispatch(progress(build).waits(key, why));
  }

  /** It can never be launched. */
  synchronized void failed(BuildId build, BuildFailureCause.NotLaunched cause) {
    dispatch(progress(build).launchFailed(cause));
  }

  /** A pod will never run. */
  private synchronized void giveUp(Pod pod, ExitDetail.OfPod why) {
    if (stuck.remove(uid(pod))) {
      dispatch(progress(build(pod)).gone(why));
    }
  }

  /** Nobody waits for it any more. */
  synchronized void forget(BuildId build) {
    BuildProgress progress = builds.get(build);
    if (progress != null && progress.ended()) {
      builds.remove(build);
    }
  }

  private synchronized void observed(Pod pod) {
    BuildProgress progress = progress(build(pod));
    PodState state = PodState.of(pod);
    // Before the state, which may be the end: an event's news is older.
    if (state instanceof PodState.Running || state instanceof PodState.Ended || progress.ended()) {
      stopTail(pod);
    } else {
      tail(pod);
    }
    dispatch(progress.observe(pod));
    giveUpWhereStuck(pod, state);
    if (state instanceof PodState.Ended) {
      finished.accept(pod);
    }
  }

  private void tail(Pod pod) {
    tails.computeIfAbsent(
        uid(pod),
        uid ->
            events.of(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                event -> observed(pod, event)));
  }

  private synchronized void observed(Pod pod, Event event) {
    BuildProgress progress = builds.get(build(pod));
    if (progress != null && tails.containsKey(uid(pod)) && PodEvents.isAbout(event, uid(pod))) {
      dispatch(progress.observe(pod, event));
    }
  }

  private void stopTail(Pod pod) {
    Subscription tail = tails.remove(uid(pod));
    if (tail != null) {
      tail.close();
    }
  }

  private void giveUpWhereStuck(Pod pod, PodState state) {
    if (state instanceof PodState.Stuck(String reason, String message)) {
      stuck.add(uid(pod));
      timer.in(
          times.stuck(), stuckKey(pod), () -> giveUp(pod, PodExitDetails.stuck(reason, message)));
    } else {
      doNotGiveUp(pod);
    }
  }

  private void doNotGiveUp(Pod pod) {
    stuck.remove(uid(pod));
    timer.cancel(stuckKey(pod));
  }

  private static String stuckKey(Pod pod) {
    return "stuck " + uid(pod);
  }

  private BuildProgress progress(BuildId build) {
    return builds.computeIfAbsent(build, BuildProgress::new);
  }

  private void dispatch(List<BuilderEvent> noticed) {
    noticed.forEach(watchers::dispatch);
  }

  private static BuildId build(Pod pod) {
    return new BuildId(pod.getMetadata().getLabels().getOrDefault(Labels.BUILD, "unknown"));
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }
}
