package io.platform.kubernetes;

import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.platform.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

/** A way to the API server that a test can break; NetCrusher is the network. */
final class ApiConnection implements AutoCloseable {
  private final NioReactor reactor;
  private final TcpCrusher network;
  private final Path kubeconfig;

  /** An unbroken way to the API server of a kubeconfig. */
  ApiConnection(Path original, Path directory) throws IOException, InterruptedException {
    Config config;
    try (var in = Files.newInputStream(original)) {
      config = Serialization.unmarshal(in, Config.class);
    }
    var server = config.getClusters().getFirst().getCluster();
    URI behind = URI.create(server.getServer());
    this.reactor = new NioReactor();
    this.network =
        FreePort.start(port ->
            TcpCrusherBuilder.builder()
                .withReactor(reactor)
                .withBindAddress("127.0.0.1", port)
                .withConnectAddress(behind.getHost(), behind.getPort() < 0 ? 443 : behind.getPort())
                .buildAndOpen());
    // The certificate is the API server's, and need not name this address.
    server.setServer("https://127.0.0.1:" + network.getBindAddress().getPort());
    server.setCertificateAuthorityData(null);
    server.setCertificateAuthority(null);
    server.setInsecureSkipTlsVerify(true);
    this.kubeconfig = directory.resolve("kubeconfig");
    Files.writeString(kubeconfig, Serialization.asYaml(config));
  }

  /** For whoever is to use this way. */
  Path kubeconfig() {
    return kubeconfig;
  }

  /** Cuts what is connected; the next attempt succeeds. */
  void cut() {
    network.closeAllPairs();
  }

  /** Nobody gets through from now on, and connections break. */
  void down() {
    network.close();
  }

  void up() {
    network.open();
  }

  /** From now on nothing comes through, and nobody is told. */
  void silence() {
    network.freezeAllPairs();
  }

  @Override
  public void close() {
    if (network.isOpen()) {
      network.close();
    }
    reactor.close();
  }
}
