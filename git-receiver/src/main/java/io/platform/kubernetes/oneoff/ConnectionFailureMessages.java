package io.platform.kubernetes.oneoff;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.platform.domain.ProcessName;
import io.platform.domain.port.OneOffProcesses.NotStarted;
import io.platform.kubernetes.client.ApiText;
import java.io.IOException;

/** Says to users why there is no connection to a pod. */
final class ConnectionFailureMessages {
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private ConnectionFailureMessages() {}

  /** The API server, or the node, does not make it. */
  static NotStarted notStarted(ProcessName name, PodSocket.Refused refused) {
    return new NotStarted(
        switch (refused.status()) {
          case NOT_FOUND ->
              "%s has just ended: `platform ps` lists the processes that run.".formatted(name);
          case FORBIDDEN ->
              "Kubernetes does not allow the platform to connect to %s: %s. Contact your administrator."
                  .formatted(name, message(refused));
          default ->
              "Kubernetes does not connect to %s: %s. Try again; if this keeps failing, contact your administrator."
                  .formatted(name, message(refused));
        });
  }

  /** The connection broke off before it was of use. */
  static NotStarted notStarted(ProcessName name, IOException failed) {
    return new NotStarted(
        "The command could not be started in %s: %s. Try again; if this keeps failing, contact your administrator."
            .formatted(name, ApiText.inline(String.valueOf(failed.getMessage()))));
  }

  private static String message(PodSocket.Refused refused) {
    String text = String.valueOf(refused.getMessage());
    try {
      Status status = Serialization.unmarshal(text, Status.class);
      return ApiText.inline(status.getMessage() == null ? text : status.getMessage());
    } catch (RuntimeException e) {
      return ApiText.inline(text);
    }
  }
}
