package io.platform.domain;

/**
 * A reason why a pod does not run yet, although it will by itself. A detail is one line of
 * Kubernetes' own words without a full stop.
 */
public sealed interface StartDelay {
  /** The quota of the namespace is used up. */
  record QuotaUsedUp(String detail) implements StartDelay {}

  /** The quota of the namespace is new, and its use is not counted yet. */
  record QuotaNotCounted() implements StartDelay {}

  /** The namespace, or something in it, is being removed. */
  record NamespaceRemoved() implements StartDelay {}

  /** The API server does not answer, or fails. */
  record ApiUnavailable() implements StartDelay {}

  /** No node has room for the pod. */
  record NoRoom(String detail) implements StartDelay {}

  /** The image cannot be pulled. */
  record ImageNotPulled(String detail) implements StartDelay {}

  /** The container cannot be created. */
  record ContainerNotCreated(String detail) implements StartDelay {}

  /** The node pulls the image. */
  record PullingImage() implements StartDelay {}

  /** The cluster adds a node. */
  record AddingNode() implements StartDelay {}

  /** Something else of the pod, such as a volume or its network, does not start. */
  record StartFails(String detail) implements StartDelay {}

  /** An admission controller refuses the pod. */
  record PodRefused(String detail) implements StartDelay {}
}
