package io.platform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.platform.domain.App;
import io.platform.domain.Release;
import io.platform.domain.port.BuildSpec;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.kubernetes.client.PodState;
import io.platform.kubernetes.desired.AppSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The API server takes whatever the platform makes. Needs no node: nothing has to run, so that an
 * API server alone will do.
 */
@Tag("cluster")
@Timeout(120)
class AdmissionIT {
  @Test
  void takesABuildAndAnAppWithAllThatBelongsToThem() throws Exception {
    try (OnCluster on = new OnCluster()) {
      ClusterConfig config = on.config("sleep 60", "sleep 60");
      AppSettings.Ingress ingress =
          new AppSettings.Ingress("nginx", Optional.of("{app}-tls"), Map.of("team", "checkout"));
      KubernetesAdapters cluster = on.open(config.with(config.apps().with(ingress)));
      App app = on.app("admitted", "shop");
      String namespace = on.namespace(app);

      BuildSpec build = on.build(app);
      cluster.builds().launch(build);
      assertThat(on.pod(build).get()).isNotNull();
      assertThat(on.client.resourceQuotas().inNamespace(namespace).list().getItems()).isNotEmpty();
      assertThat(on.client.limitRanges().inNamespace(namespace).list().getItems()).isNotEmpty();
      assertThat(on.client.network().networkPolicies().inNamespace(namespace).list().getItems())
          .isNotEmpty();

      cluster.apps().apply(on.release(app, 1, "one", Release.Status.PENDING));
      assertThat(on.client.services().inNamespace(namespace).withName("shop").get()).isNotNull();
      assertThat(on.client.network().v1().ingresses().inNamespace(namespace).withName("shop").get())
          .isNotNull();
      for (String secret : List.of("shop-v1-config", "shop-v1-token")) {
        assertThat(on.client.secrets().inNamespace(namespace).withName(secret).get()).isNotNull();
      }
      PodTemplateSpec template =
          on.client
              .apps()
              .deployments()
              .inNamespace(namespace)
              .withName("shop--web")
              .get()
              .getSpec()
              .getTemplate();
      Pod pod = // as the Deployment's controller makes it
          new PodBuilder()
              .withMetadata(template.getMetadata())
              .editMetadata()
              .withName("shop-by-hand")
              .endMetadata()
              .withSpec(template.getSpec())
              .build();
      assertThat(on.client.pods().inNamespace(namespace).resource(pod).create()).isNotNull();

      cluster.apps().remove(app);
      assertThat(
              List.of(
                  on.client.pods().inNamespace(namespace).list().getItems().stream()
                      .filter(left -> !PodState.hasStopped(left))
                      .toList(),
                  on.client.apps().deployments().inNamespace(namespace).list().getItems(),
                  on.client.services().inNamespace(namespace).list().getItems(),
                  on.client.network().v1().ingresses().inNamespace(namespace).list().getItems()))
          .allMatch(List::isEmpty);
    }
  }
}
