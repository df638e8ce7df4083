package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.platform.domain.ReleaseId;
import io.platform.domain.port.RunSpec;
import io.platform.kubernetes.desired.Labels;
import java.util.List;
import java.util.Optional;

/**
 * What this process applied last of an app, and what Kubernetes made of it.
 *
 * @param objects as they were asked for
 * @param deployment as Kubernetes answered; empty where the release has no web process
 */
record AppliedRelease(
    ReleaseId release, List<HasMetadata> objects, Optional<Deployment> deployment) {
  /** Copies the list. */
  AppliedRelease {
    objects = List.copyOf(objects);
  }

  boolean isOf(RunSpec spec) {
    return release.equals(spec.release().id());
  }

  /** Whether the Deployment is the one that Kubernetes answered with, or a later state of it. */
  boolean isSeenIn(Deployment now) {
    return deployment
        .filter(then -> uid(then).equals(uid(now)) && generation(then) <= generation(now))
        .isPresent();
  }

  /** Whether nobody has changed what the Deployment asks for since. */
  boolean isUnchangedIn(Deployment now) {
    return deployment
        .filter(then -> uid(then).equals(uid(now)) && generation(then) == generation(now))
        .isPresent();
  }

  /** Whether somebody has changed what the Deployment asks for since. */
  boolean isChangedIn(Deployment now) {
    return isSeenIn(now) && !isUnchangedIn(now);
  }

  /** Whether the Deployment is of another release, which somebody else applied later. */
  boolean isOvertakenBy(Deployment now) {
    return isSeenIn(now)
        && !release.value().equals(now.getMetadata().getLabels().get(Labels.RELEASE));
  }

  static String uid(HasMetadata object) {
    return object.getMetadata().getUid();
  }

  private static long generation(Deployment deployment) {
    return deployment.getMetadata().getGeneration();
  }
}
