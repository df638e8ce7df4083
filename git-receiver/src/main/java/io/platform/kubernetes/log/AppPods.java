package io.platform.kubernetes.log;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.platform.domain.App;
import io.platform.domain.LogQuery;
import io.platform.domain.LogSource;
import io.platform.domain.ProcessSelector;
import io.platform.kubernetes.app.PodNames;
import io.platform.kubernetes.client.ApiErrorKind;
import io.platform.kubernetes.client.ChangeSignal;
import io.platform.kubernetes.client.ChangeSignalHandler;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.ResourceInformer;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.kubernetes.desired.Labels;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The pods of an app whose logs are wanted. */
final class AppPods {
  private final KubernetesApi kubernetes;
  private final String namespace;
  private final Map<String, String> labels;
  private final LogQuery query;
  private final App app;

  AppPods(KubernetesApi kubernetes, InstallationId installation, App app, LogQuery query) {
    this.kubernetes = kubernetes;
    this.namespace = installation.namespaceOf(app);
    this.labels = Labels.selector(installation, Labels.APPS);
    this.query = query;
    this.app = app;
    labels.put(Labels.APP_ID, app.id().value());
    if (query.processes() instanceof ProcessSelector.OfType(String type)) {
      labels.put(Labels.PROCESS, type);
    }
  }

  /** Those of now, with a container that can have written something. */
  List<Pod> list() throws IOException {
    try {
      return query.sources().contains(LogSource.APP)
          ? wanted(selected().list().getItems())
          : List.of();
    } catch (KubernetesClientException e) {
      throw new IOException(
          "the pods of %s cannot be listed: %s".formatted(app.path(), ApiErrorKind.message(e)), e);
    }
  }

  /** Whether the platform's own lines on them are wanted, too. */
  boolean tellsEnds() {
    return query.sources().contains(LogSource.PLATFORM);
  }

  /** Those of an informer. */
  List<Pod> wanted(List<Pod> pods) {
    return pods.stream()
        .filter(pod -> !pod.getStatus().getContainerStatuses().isEmpty())
        .filter(pod -> query.processes().matches(PodNames.process(pod)))
        .toList();
  }

  private FilterWatchListDeletable<Pod, PodList, PodResource> selected() {
    return kubernetes.client().pods().inNamespace(namespace).withLabels(labels);
  }

  /** Watches them, and signals each change; not started. */
  ResourceInformer<Pod> watch(ChangeSignal changes) {
    return new ResourceInformer<>(
        selected().runnableInformer(0), new ChangeSignalHandler<>(changes), kubernetes.health());
  }

  List<Pod> in(ResourceInformer<Pod> informer) {
    return wanted(informer.in(namespace));
  }
}
