package io.platform.receiver;

import io.platform.access.TokenAuthenticator;
import io.platform.cluster.Cluster;
import io.platform.cluster.ClusterConfig;
import io.platform.proxy.AppHosts;
import io.platform.proxy.AppProxy;
import io.platform.receiver.repo.DirectoryRepositories;
import io.platform.receiver.repo.Repositories;
import io.platform.server.Closing;
import io.platform.server.Foundation;
import io.platform.server.HttpPort;
import io.platform.server.Readiness;
import io.platform.server.StartFailed;
import io.platform.server.pod.PodConfig;
import io.platform.server.pod.PodSignals;
import java.io.IOException;
import java.time.Instant;

/** The git receiver on Kubernetes: the first half of the flow with pods as its builders. */
final class ReceiverPod {
  private ReceiverPod() {}

  /** Starts it; it serves when this returns, until the parts are closed. */
  static void start(ReceiverConfig config, Closing parts) throws IOException, StartFailed {
    PodConfig pod = config.pod();
    Foundation foundation =
        Foundation.open(
            pod.foundation(), PodSignals.ofReceiver(pod.foundation().database(), parts), parts);
    if (pod.ownObjects()) {
      // This pod's alone: no upload of another's is going on.
      foundation.objects().sweep(Instant.now());
    }
    Repositories repositories =
        parts.add(
            new DirectoryRepositories(pod.data().resolve("repos"), foundation.keys().clusterId()));
    TokenAuthenticator authenticator = parts.add(TokenAuthenticator.of(config.auth()));
    ClusterConfig clusterConfig = config.cluster().of(foundation.keys().clusterId());
    Cluster cluster = parts.add(Cluster.open(clusterConfig));
    GitReceiver receiver =
        new GitReceiver(
            config.receiver(),
            foundation,
            repositories,
            authenticator,
            cluster.builds(),
            cluster.states());

    AppHosts hosts =
        new AppHosts(
            pod.addresses().domain(),
            config.hosts(),
            foundation.stores().apps(),
            foundation.stores().releases());
    AppServices services =
        new AppServices(
            foundation.stores().apps(),
            foundation.stores().releases(),
            clusterConfig.installation());
    AppProxy proxy = new AppProxy(hosts::isOwn, hosts::state, services::find, config.proxy());
    Readiness readiness = new Readiness();
    parts.add(
        HttpPort.open(
            pod.listen(),
            pod.port(),
            proxy,
            readiness.before(receiver.git()),
            javalin -> {
              readiness.register(javalin);
              receiver.register(javalin);
            }));
    parts.add(receiver).start();
    readiness.ready();
  }
}
