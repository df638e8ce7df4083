package io.platform.kubernetes.oneoff;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Pod;
import java.net.URLEncoder;
import java.util.List;

/** The addresses of what the API server serves of a pod (kubernetes.io/docs/reference). */
final class PodPath {
  private PodPath() {}

  /**
   * Of a command in its container.
   *
   * @param terminal whether it gets one; else its errors have a channel of their own
   */
  static String exec(Pod pod, List<String> command, boolean terminal) {
    StringBuilder query = new StringBuilder("/exec?container=");
    query.append(encoded(pod.getSpec().getContainers().getFirst().getName()));
    query.append("&stdin=true&stdout=true");
    query.append(terminal ? "&tty=true" : "&stderr=true");
    command.forEach(word -> query.append("&command=").append(encoded(word)));
    return of(pod) + query;
  }

  /** Of a port of it. */
  static String port(Pod pod, int port) {
    return of(pod) + "/portforward?ports=" + port;
  }

  private static String of(Pod pod) {
    return "/api/v1/namespaces/%s/pods/%s"
        .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
