package io.platform.kubernetes.desired;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/**
 * The security settings of pods: what the {@code restricted} Pod Security Standard asks for
 * (kubernetes.io/docs/concepts/security/pod-security-standards), and a read-only root beside it.
 */
final class Hardening {
  /** The user of the images. */
  static final long USER = 1000;

  private static final String RUNTIME_DEFAULT = "RuntimeDefault";

  private Hardening() {}

  /**
   * Without {@code fsGroup}: an emptyDir can be written by everybody in the pod anyway, and the
   * group's bit that Kubernetes sets on directories would get into slugs.
   */
  static PodSecurityContext pod() {
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withNewSeccompProfile()
        .withType(RUNTIME_DEFAULT)
        .endSeccompProfile()
        .build();
  }

  static SecurityContext container() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  /** A directory of the pod's own; the kubelet evicts a pod that puts more into it. */
  static Volume directory(String name, String size) {
    return new VolumeBuilder()
        .withName(name)
        .withNewEmptyDir()
        .withNewSizeLimit(size)
        .endEmptyDir()
        .build();
  }

  static VolumeMount mount(String name, String path) {
    return new VolumeMountBuilder().withName(name).withMountPath(path).build();
  }
}
