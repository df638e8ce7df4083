package io.platform.kubernetes.desired;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.platform.domain.App;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The labels and annotations of the platform's objects: those that Kubernetes recommends, and the
 * platform's own, which begin with {@code platform.io/}.
 */
public final class Labels {
  /** The value of {@code app.kubernetes.io/managed-by}, and the field manager. */
  public static final String PLATFORM = "platform";

  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  public static final String NAME = "app.kubernetes.io/name";

  /** {@link #BUILDER} or {@link #APPS}. */
  public static final String COMPONENT = "app.kubernetes.io/component";

  /** The component of the objects of builds. */
  public static final String BUILDER = "build";

  /** The component of the objects of apps. */
  public static final String APPS = "app";

  public static final String CLUSTER = "platform.io/cluster";
  public static final String CUSTOMER = "platform.io/customer";
  public static final String NAMESPACE = "platform.io/namespace";

  /**
   * Never changes, as Deployments and Services find their pods by it; {@link #NAME} has the app's
   * name.
   */
  public static final String APP = "platform.io/app";

  public static final String APP_ID = "platform.io/app-id";
  public static final String BUILD = "platform.io/build";
  public static final String COMMIT = "platform.io/commit";
  public static final String PUSHER = "platform.io/pusher";
  public static final String REF = "platform.io/ref";
  public static final String DEADLINE = "platform.io/deadline";
  public static final String PROCESS = "platform.io/process";
  public static final String VERSION = "platform.io/version";
  public static final String RELEASE = "platform.io/release";

  /** On the pods of one-off processes alone; see {@link OneOffObjects} for its values. */
  public static final String ONE_OFF = "platform.io/one-off";

  /** An annotation of these: what the user wants to run. */
  public static final String COMMAND = "platform.io/command";

  /** An annotation: when somebody asked for a restart of all processes of a type. */
  static final String RESTARTED_AT = "platform.io/restarted-at";

  private static final int MOST = 63;

  private Labels() {}

  /** The labels of every object of an app or of its builds. */
  static Map<String, String> of(InstallationId installation, App app, String component) {
    Map<String, String> labels = new LinkedHashMap<>(own(installation));
    labels.put(NAME, app.path().name());
    labels.put(COMPONENT, component);
    labels.put(CUSTOMER, value(app.customer()));
    labels.put(NAMESPACE, app.path().namespace());
    labels.put(APP, ObjectNames.of(app));
    labels.put(APP_ID, app.id().value());
    return labels;
  }

  /** The labels of every object of an installation. */
  public static Map<String, String> own(InstallationId installation) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(MANAGED_BY, PLATFORM);
    labels.put(CLUSTER, value(installation.clusterId()));
    return labels;
  }

  /** Name and labels of an object of an installation. */
  static ObjectMeta metadata(InstallationId installation, String namespace, String name) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(namespace)
        .withLabels(own(installation))
        .build();
  }

  /** Selects the objects of an installation's builds or of its apps. */
  public static Map<String, String> selector(InstallationId installation, String component) {
    Map<String, String> labels = own(installation);
    labels.put(COMPONENT, component);
    return labels;
  }

  /**
   * The text as a label's value: at most 63 letters, digits, dashes, dots and underscores, with a
   * letter or digit at both ends.
   */
  public static String value(String text) {
    String valid = text.replaceAll("[^A-Za-z0-9._-]", "_");
    valid = valid.substring(0, Math.min(MOST, valid.length()));
    return valid.replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
  }
}
