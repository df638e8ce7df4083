package io.platform.kubernetes.desired;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLSBuilder;
import io.platform.domain.App;
import io.platform.domain.AppFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Ingress that leads an app's host names to its Service. While the app is in maintenance, it is
 * one in the platform's own namespace, and leads to the receiver, which answers by the host name:
 * an Ingress may only lead to a Service of its own namespace.
 */
public final class AppIngress {
  private static final String RECEIVER = "git-receiver";
  private static final String APP = "{app}";
  private static final String NGINX = "nginx.ingress.kubernetes.io/";

  private AppIngress() {}

  static Ingress of(InstallationId installation, App app, AppSettings.Ingress settings) {
    return new IngressBuilder()
        .withMetadata(
            new ObjectMetaBuilder()
                .withName(name(app))
                .withNamespace(namespace(installation, app))
                .withLabels(Labels.of(installation, app, Labels.APPS))
                .withAnnotations(new TreeMap<>(settings.annotations()))
                .addToAnnotations(affinity(app))
                .addToAnnotations(httpsOnly(app))
                .build())
        .withNewSpec()
        .withIngressClassName(settings.className())
        .withRules(rules(app))
        .withTls(certificates(app, settings))
        .endSpec()
        .build();
  }

  /** For ingress-nginx (kubernetes.github.io/ingress-nginx: sticky sessions); it adds HttpOnly. */
  private static Map<String, String> affinity(App app) {
    return app.options().has(AppFeature.SESSION_AFFINITY)
        ? new TreeMap<>(
            Map.of(
                NGINX + "affinity", "cookie",
                NGINX + "session-cookie-name", "platform-session-affinity",
                NGINX + "session-cookie-samesite", "Lax",
                NGINX + "session-cookie-change-on-failure", "true"))
        : Map.of();
  }

  /** For ingress-nginx (kubernetes.github.io/ingress-nginx: server-side HTTPS enforcement). */
  private static Map<String, String> httpsOnly(App app) {
    return app.options().has(AppFeature.FORCE_HTTPS)
        ? Map.of(NGINX + "force-ssl-redirect", "true")
        : Map.of();
  }

  /** The name of the app's Ingress as it should be now. */
  public static String name(App app) {
    return app.maintenance() ? ObjectNames.maintenance(app) : ObjectNames.of(app);
  }

  /** The namespace of the app's Ingress as it should be now. */
  public static String namespace(InstallationId installation, App app) {
    return app.maintenance() ? installation.platformNamespace() : installation.namespaceOf(app);
  }

  private static List<IngressRule> rules(App app) {
    return app.hosts().stream().map(host -> rule(app, host)).toList();
  }

  private static IngressRule rule(App app, String host) {
    return new IngressRuleBuilder()
        .withHost(host)
        .withNewHttp()
        .addNewPath()
        .withPath("/")
        .withPathType("Prefix")
        .withNewBackend()
        .withNewService()
        .withName(app.maintenance() ? RECEIVER : ObjectNames.of(app))
        .withNewPort()
        .withName(ProcessDeployment.HTTP)
        .endPort()
        .endService()
        .endBackend()
        .endPath()
        .endHttp()
        .build();
  }

  /**
   * One for each domain of the app's own, where apps have certificates of their own: a name whose
   * DNS is not ready keeps no other one from its certificate.
   */
  private static List<IngressTLS> certificates(App app, AppSettings.Ingress settings) {
    if (settings.tlsSecret().isEmpty()) {
      return List.of();
    }
    String secret = settings.tlsSecret().get().replace(APP, app.path().name());
    List<IngressTLS> certificates = new ArrayList<>();
    certificates.add(certificate(app.host(), secret));
    if (settings.tlsSecret().get().contains(APP)) {
      app.domains()
          .forEach(domain ->
              certificates.add(
                  certificate(domain.value(), ObjectNames.certificate(secret, domain))));
    }
    return certificates;
  }

  private static IngressTLS certificate(String host, String secret) {
    return new IngressTLSBuilder().withHosts(host).withSecretName(secret).build();
  }
}
