package io.platform.receiver;

import io.platform.access.TokenAuthenticator;
import io.platform.bootstrap.PlatformServices;
import io.platform.bootstrap.PublicPort;
import io.platform.bootstrap.Readiness;
import io.platform.bootstrap.ResourceStack;
import io.platform.bootstrap.StartupException;
import io.platform.bootstrap.pod.PodConfig;
import io.platform.bootstrap.pod.PodSignals;
import io.platform.commons.http.ListeningPort;
import io.platform.commons.http.ServerName;
import io.platform.domain.port.RunningProcesses;
import io.platform.domain.port.Stores;
import io.platform.git.repository.DirectoryRepositories;
import io.platform.git.repository.Repositories;
import io.platform.kubernetes.KubernetesAdapters;
import io.platform.kubernetes.client.ClusterConfig;
import io.platform.metrics.MetricsSetting;
import io.platform.metrics.PlatformMetrics;
import io.platform.proxy.AppHosts;
import io.platform.proxy.AppProxy;
import java.io.IOException;
import java.time.Instant;

/** The git receiver on Kubernetes: the first half of the flow with pods as its builders. */
final class ReceiverPod {
  private ReceiverPod() {}

  /** Starts it; it serves when this returns, until the parts are closed. */
  static void start(ReceiverConfig config, ResourceStack parts)
      throws IOException, StartupException {
    PodConfig pod = config.pod();
    PlatformMetrics metrics = parts.add("metrics", MetricsSetting.open(pod.metrics()));
    PlatformServices services =
        PlatformServices.open(pod.services(), PodSignals.ofReceiver(pod, parts), metrics, parts);
    if (pod.ownObjects()) {
      // This pod's alone: no upload of another's is going on.
      services.objects().sweep(Instant.now());
    }
    Repositories repositories =
        parts.add(
            "git repositories",
            new DirectoryRepositories(
                pod.data().resolve("repos"), services.keys().clusterId(), services.appLocks()));
    TokenAuthenticator authenticator =
        parts.add("client of the auth server", TokenAuthenticator.of(config.auth()));
    ClusterConfig clusterConfig = config.cluster().of(services.keys().clusterId());
    KubernetesAdapters cluster =
        parts.add("client of the cluster", KubernetesAdapters.open(clusterConfig));
    Stores stores = services.stores();
    GitReceiver receiver =
        new GitReceiver(
            config.receiver(),
            services,
            repositories,
            authenticator,
            cluster.builds(),
            new RunningProcesses(
                cluster.states(),
                cluster.oneOffs(),
                cluster.logs(stores.apps(), stores.events(), stores.signals())));

    AppHosts hosts =
        new AppHosts(
            pod.addresses().domain(),
            config.hosts(),
            stores.apps(),
            stores.releases(),
            stores.maintenance());
    AppServiceAddresses addresses =
        new AppServiceAddresses(stores.apps(), stores.releases(), clusterConfig.installation());
    AppProxy proxy =
        new AppProxy(
            hosts::isOwn, hosts::state, hosts::maintenancePage, addresses::find, config.proxy());
    receiver.register(metrics);
    metrics.proxy(proxy.responses());
    metrics.watches(cluster::watchRestarts);
    Readiness readiness = new Readiness();
    parts.add(
        "HTTP server",
        PublicPort.serve(
            ListeningPort.bind(
                ServerName.PLATFORM, pod.listen(), pod.port(), "PLATFORM_RECEIVER_PORT"),
            proxy,
            readiness.before(metrics.git(receiver.git())),
            javalin -> {
              metrics.http(javalin);
              readiness.register(javalin);
              receiver.register(javalin);
            }));
    parts.add("git receiver", receiver).start();
    parts.add("requests of clients", receiver.requests());
    readiness.ready();
  }
}
