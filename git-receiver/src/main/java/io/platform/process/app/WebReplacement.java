package io.platform.process.app;

import io.platform.domain.ProcessShare;
import io.platform.domain.RolloutOptions;
import io.platform.slug.ProcessTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The next step to replace the web processes of a release, by the rules of {@code maxSurge} and
 * {@code maxUnavailable} of Kubernetes' Deployments. Where an app says neither, all new processes
 * come up, one after the other, before an old one stops.
 *
 * @param mayStart whether another new process may start
 * @param surplus old processes that may stop now
 */
record WebReplacement(boolean mayStart, List<SupervisedProcess> surplus) {
  private static final Comparator<SupervisedProcess> DOWN_FIRST =
      Comparator.comparing(SupervisedProcess::isUp)
          .thenComparing(Comparator.comparing(SupervisedProcess::name).reversed());

  static WebReplacement of(Optional<ReleaseProcesses> current, ReleaseProcesses starting) {
    List<SupervisedProcess> fresh = webOf(starting);
    boolean allUp = fresh.stream().allMatch(SupervisedProcess::isUp);
    List<SupervisedProcess> old = current.map(WebReplacement::webOf).orElse(List.of());
    if (!starting.isGradual() || old.isEmpty()) {
      return new WebReplacement(allUp, List.of());
    }
    RolloutOptions options = starting.spec().app().options().rollout();
    int wanted = starting.plan().quantity(ProcessTypes.WEB);
    int unavailable = options.maxUnavailable().map(share -> share.roundedDown(wanted)).orElse(0);
    int surge = options.maxSurge().orElse(new ProcessShare(25, true)).roundedUp(wanted);
    // Kubernetes' rule where both come out as none.
    int fewer = surge == 0 ? Math.max(1, unavailable) : unavailable;
    List<SupervisedProcess> surplus = surplus(old, fresh, wanted - fewer);
    boolean room = old.size() - surplus.size() + fresh.size() < wanted + surge;
    return new WebReplacement(allUp && room, surplus);
  }

  /** Those that do not answer first, then the highest numbers. */
  private static List<SupervisedProcess> surplus(
      List<SupervisedProcess> old, List<SupervisedProcess> fresh, int least) {
    List<SupervisedProcess> surplus = new ArrayList<>();
    long up = countUp(old) + countUp(fresh);
    for (SupervisedProcess process : old.stream().sorted(DOWN_FIRST).toList()) {
      long left = process.isUp() ? up - 1 : up;
      if (process.isUp() && left < least) {
        return surplus;
      }
      up = left;
      surplus.add(process);
    }
    return surplus;
  }

  private static long countUp(List<SupervisedProcess> processes) {
    return processes.stream().filter(SupervisedProcess::isUp).count();
  }

  private static List<SupervisedProcess> webOf(ReleaseProcesses release) {
    return release.running().stream().filter(SupervisedProcess::isWeb).toList();
  }
}
