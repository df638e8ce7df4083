package io.platform.kubernetes.desired;

import io.platform.domain.App;
import io.platform.domain.AppPath;

/**
 * Identifies an installation of the platform; several can share a cluster.
 *
 * @param clusterId the installation's own id; what carries another one is left alone
 * @param namespacePrefix users' namespaces are {@code <prefix>-<namespace>}
 * @param platformNamespace where the platform itself runs
 */
public record InstallationId(String clusterId, String namespacePrefix, String platformNamespace) {
  private static final int LONGEST_PREFIX = 63 - 1 - 30;

  /** Refuses what Kubernetes would. */
  public InstallationId {
    if (clusterId.isEmpty()) {
      throw new IllegalArgumentException("the cluster id is empty");
    }
    if (!namespacePrefix.matches("[a-z]([a-z0-9-]*[a-z0-9])?")
        || namespacePrefix.length() > LONGEST_PREFIX) {
      throw new IllegalArgumentException(
          "'%s' is no prefix of namespaces: use 1 to %d lower-case letters, digits and dashes, with a letter first and no dash last"
              .formatted(namespacePrefix, LONGEST_PREFIX));
    }
    if (!platformNamespace.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new IllegalArgumentException("'%s' is no namespace".formatted(platformNamespace));
    }
  }

  /** The Kubernetes namespace of an app. */
  public String namespaceOf(App app) {
    return namespaceOf(app.path());
  }

  /** The Kubernetes namespace of an app. */
  public String namespaceOf(AppPath app) {
    return namespacePrefix + "-" + app.namespace();
  }

  /** The name in the cluster's DNS by which an app's Service is reached. */
  public String serviceOf(App app) {
    return ObjectNames.of(app) + "." + namespaceOf(app) + ".svc";
  }

  /** The platform's own namespace, which is never a user's. */
  public boolean isPlatform(String namespace) {
    return platformNamespace.equals(namespace);
  }
}
