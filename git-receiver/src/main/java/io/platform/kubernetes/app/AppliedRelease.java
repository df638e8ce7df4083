package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.platform.domain.ReleaseId;
import io.platform.domain.port.RunSpec;
import io.platform.kubernetes.desired.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The objects of an app that this process applied last, as Kubernetes returned them.
 *
 * @param web what the web processes need, as it was asked for
 * @param others the Deployments of other types, likewise; empty until the web processes are up
 * @param deployments all of them by name, as Kubernetes answered
 */
record AppliedRelease(
    ReleaseId release,
    List<HasMetadata> web,
    List<Deployment> others,
    Map<String, Deployment> deployments) {
  /** Copies the collections. */
  AppliedRelease {
    web = List.copyOf(web);
    others = List.copyOf(others);
    deployments = Map.copyOf(deployments);
  }

  /** What the web processes need was applied. */
  static AppliedRelease of(ReleaseId release, List<HasMetadata> web, List<Deployment> answers) {
    return new AppliedRelease(release, web, List.of(), byName(answers));
  }

  /** The Deployments of other types were applied, too. */
  AppliedRelease withOthers(List<Deployment> wanted, List<Deployment> answers) {
    Map<String, Deployment> all = new HashMap<>(deployments);
    all.putAll(byName(answers));
    return new AppliedRelease(release, web, wanted, all);
  }

  private static Map<String, Deployment> byName(List<Deployment> answers) {
    return answers.stream().collect(Collectors.toMap(AppliedRelease::name, answer -> answer));
  }

  boolean isOf(RunSpec spec) {
    return release.equals(spec.release().id());
  }

  /** Whether the Deployment is the one that Kubernetes answered with, or a later state of it. */
  boolean isSeenIn(Deployment now) {
    return then(now)
        .filter(then -> uid(then).equals(uid(now)) && generation(then) <= generation(now))
        .isPresent();
  }

  /** Whether nobody has changed what the Deployment asks for since. */
  boolean isUnchangedIn(Deployment now) {
    return then(now)
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

  private Optional<Deployment> then(Deployment now) {
    return Optional.ofNullable(deployments.get(name(now)));
  }

  private static String name(Deployment deployment) {
    return deployment.getMetadata().getName();
  }

  static String uid(HasMetadata object) {
    return object.getMetadata().getUid();
  }

  private static long generation(Deployment deployment) {
    return deployment.getMetadata().getGeneration();
  }
}
