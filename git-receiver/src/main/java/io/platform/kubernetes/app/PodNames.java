package io.platform.kubernetes.app;

import io.fabric8.kubernetes.api.model.Pod;
import io.platform.domain.ProcessName;
import io.platform.kubernetes.desired.Labels;
import io.platform.slug.ProcessTypes;
import java.util.Map;

/** The names of processes on Kubernetes: {@code web.x7k2p}, with the end of the pod's name. */
public final class PodNames {
  private PodNames() {}

  /** By the pod's labels and name. */
  public static ProcessName process(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    String name = pod.getMetadata().getName();
    return new ProcessName(
        labels.getOrDefault(Labels.PROCESS, ProcessTypes.WEB),
        name.substring(name.lastIndexOf('-') + 1));
  }
}
