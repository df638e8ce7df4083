package io.platform.kubernetes.oneoff;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.domain.App;
import io.platform.domain.ProcessName;
import io.platform.domain.port.OneOffProcesses.NoSuchProcess;
import io.platform.domain.port.OneOffProcesses.NotStarted;
import io.platform.kubernetes.app.PodNames;
import io.platform.kubernetes.client.ApiErrorKind;
import io.platform.kubernetes.client.ApiText;
import io.platform.kubernetes.client.KubernetesApi;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.kubernetes.desired.Labels;
import java.util.Map;

/** The pods of an app's processes, by the names of these. */
final class ProcessPods {
  private final KubernetesApi kubernetes;
  private final InstallationId installation;

  ProcessPods(KubernetesApi kubernetes, InstallationId installation) {
    this.kubernetes = kubernetes;
    this.installation = installation;
  }

  /** The pod of a process whose container runs. */
  Pod running(App app, ProcessName name) throws NotStarted {
    Map<String, String> labels = Labels.selector(installation, Labels.APPS);
    labels.put(Labels.APP_ID, app.id().value());
    try {
      return kubernetes
          .client()
          .pods()
          .inNamespace(installation.namespaceOf(app))
          .withLabels(labels)
          .list()
          .getItems()
          .stream()
          .filter(pod -> PodNames.process(pod).equals(name))
          .filter(pod -> PodState.of(pod) instanceof PodState.Running)
          .findFirst()
          .orElseThrow(() -> new NoSuchProcess(app.path(), name));
    } catch (KubernetesClientException e) {
      throw new NotStarted(
          "Kubernetes could not be asked for the processes of %s: %s. Try again; if this keeps failing, contact your administrator."
              .formatted(app.path(), ApiText.inline(ApiErrorKind.message(e))));
    }
  }
}
