package io.platform.kubernetes.desired;

import io.platform.commons.digest.Sha256Digests;
import io.platform.domain.App;
import io.platform.domain.DomainName;
import io.platform.domain.ReleaseCommandKind;
import io.platform.domain.port.RunSpec;
import java.util.Locale;

/**
 * The names of an app's objects in its namespace. They are made of its first name, and stay when it
 * is renamed: what runs goes on.
 */
public final class ObjectNames {
  /** A pod's name is its Deployment's with 17 more characters, and a label takes 63. */
  private static final int LONGEST = 63 - 17;

  private static final int LONGEST_LABEL = 63;

  private static final int HASH = 8;

  private ObjectNames() {}

  /** Of what stands for the app as a whole: Service and Ingress. */
  public static String of(App app) {
    return app.location().name();
  }

  /**
   * Of the Deployment of a process type: {@code <app>--<type>}, with the type in lower case and
   * {@code _} as {@code -}. A name that is too long is cut and gets a hash of the whole.
   */
  public static String of(App app, String type) {
    String name = of(app) + "--" + type.toLowerCase(Locale.ROOT).replace('_', '-');
    return name.length() <= LONGEST
        ? name
        : name.substring(0, LONGEST - HASH - 1) + "-" + hash(name);
  }

  /**
   * Of the Ingress in the platform's own namespace that leads an app's visitors to the platform
   * while the app is in maintenance.
   */
  public static String maintenance(App app) {
    return "maintenance-" + app.id().value();
  }

  /** Of the Secret with the certificate of a domain of an app's own. */
  static String certificate(String appSecret, DomainName domain) {
    return appSecret + "." + domain.value().replaceFirst("^\\*", "wildcard");
  }

  /** Of the container of a process type: a DNS label. */
  static String container(String type) {
    String label = type.toLowerCase(Locale.ROOT).replace('_', '-').replaceAll("^-+|-+$", "");
    String cut = label.substring(0, Math.min(LONGEST_LABEL, label.length())).replaceAll("-+$", "");
    return cut.isEmpty() ? "process" : cut;
  }

  /** Of the Deployment of the web process as releases of 0.1 before the formation made it. */
  public static String formerDeployment(App app) {
    return of(app);
  }

  /** Of the container that fetches the slug for the container of a process type. */
  static String slugContainer(String type) {
    return container(type).equals("slug") ? "fetch-slug" : "slug";
  }

  /** Of the Secret with a release's config vars. */
  static String config(RunSpec spec) {
    return of(spec.app()) + "-" + spec.release().version() + "-config";
  }

  /** Of the Secret with a release's token. */
  static String token(RunSpec spec) {
    return of(spec.app()) + "-" + spec.release().version() + "-token";
  }

  /** Of the pod of a command of a release. */
  static String releaseCommand(RunSpec spec, ReleaseCommandKind kind) {
    return of(spec.app()) + "-" + spec.release().version() + "-" + kind.word();
  }

  private static String hash(String name) {
    return Sha256Digests.hex(name).substring(0, HASH);
  }
}
