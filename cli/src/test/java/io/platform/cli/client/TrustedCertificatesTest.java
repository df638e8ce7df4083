package io.platform.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate no public authority has signed. */
final class TrustedCertificatesTest {
  private static final String PASSWORD = "only for a test";

  @TempDir static Path directory;
  private static HttpsServer server;

  @BeforeAll
  static void start() throws Exception {
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost",
        "-storetype",
        "PKCS12");
    keytool("-exportcert", "-rfc", "-file", authority().toString());
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls()));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
          }
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static Path authority() {
    return directory.resolve("authority.pem");
  }

  private static void keytool(String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:+UseSerialGC", "-J-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(words));
    command.addAll(
        List.of(
            "-alias", "it", "-keystore", directory + "/keys", "-storepass", PASSWORD, "-noprompt"));
    Path said = directory.resolve("keytool.log");
    int code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start()
            .waitFor();
    assertThat(code).as(Files.readString(said)).isZero();
  }

  private static SSLContext tls() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(directory.resolve("keys"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private static String asked(String host, Optional<Path> authorities) throws ClientException {
    return asked(host, authorities, Map.of());
  }

  private static String asked(String host, Optional<Path> authorities, Map<String, String> proxies)
      throws ClientException {
    try (HttpClients clients =
        new HttpClients("test", authorities, new ProxyVariables(proxies::get))) {
      return new Http(Optional.empty(), clients)
          .get(URI.create("https://" + host + ":" + server.getAddress().getPort()))
          .toString();
    }
  }

  @Test
  void believesAnAuthorityThatAFileNames() throws Exception {
    assertThat(asked("localhost", Optional.of(authority()))).isEqualTo("{}");
  }

  @Test
  void tellsWhatToDoWhereTheAuthorityIsUnknown() {
    assertThatThrownBy(() -> asked("localhost", Optional.empty()))
        .isInstanceOf(ClientException.Unreachable.class)
        .hasMessageContaining("its certificate is from no authority that is trusted here")
        .hasMessageContaining("SSL_CERT_FILE=FILE");
  }

  @Test
  void believesItForItsOwnNameAlone() {
    assertThatThrownBy(() -> asked("127.0.0.1", Optional.of(authority())))
        .isInstanceOf(ClientException.Unreachable.class)
        .hasMessageContaining("no secure connection (")
        .hasMessageContaining("127.0.0.1");
  }

  @Test
  void aProxyCarriesTheSecureConnectionAndSeesNothingOfIt() throws Exception {
    try (var proxy = new TestProxy("ada:s3cret@#")) {
      var variables = Map.of("https_proxy", "http://ada:s3cret%40%23@localhost:" + proxy.port());

      assertThat(asked("localhost", Optional.of(authority()), variables)).isEqualTo("{}");
      assertThat(proxy.requests())
          .containsExactly("CONNECT localhost:" + server.getAddress().getPort());
    }
  }

  @Test
  void tellsThatAProxyWantsALoginForASecureConnection() throws Exception {
    try (var proxy = new TestProxy("ada:secret")) {
      var without = Map.of("HTTPS_PROXY", "localhost:" + proxy.port());
      var wrong = Map.of("all_proxy", "http://ada:wrong@localhost:" + proxy.port());

      assertThatThrownBy(() -> asked("localhost", Optional.of(authority()), without))
          .isInstanceOf(ClientException.ProxyFailed.class)
          .hasMessageEndingWith("(HTTPS_PROXY) asks for a user and a password.");
      assertThatThrownBy(() -> asked("localhost", Optional.of(authority()), wrong))
          .isInstanceOf(ClientException.ProxyFailed.class)
          .hasMessageEndingWith(
              "(all_proxy) does not accept the user and the password in its URL.");
    }
  }

  @Test
  void tellsThatAProxyRefusesTheServer() throws Exception {
    try (var proxy = new TestProxy("")) {
      proxy.forbid();
      var variables = Map.of("https_proxy", "http://localhost:" + proxy.port());

      assertThatThrownBy(() -> asked("localhost", Optional.of(authority()), variables))
          .isInstanceOf(ClientException.ProxyFailed.class)
          .hasMessageContaining("does not connect to https://localhost")
          .hasMessageContaining("403");
    }
  }

  @Test
  void tellsThatAFileHasNoCertificates() throws Exception {
    Path empty = Files.createFile(directory.resolve("empty.pem"));
    assertThatThrownBy(() -> asked("localhost", Optional.of(empty)))
        .isInstanceOf(ClientException.Unreachable.class)
        .hasMessageContaining("empty.pem has no certificates");
    assertThatThrownBy(() -> asked("localhost", Optional.of(directory.resolve("nowhere.pem"))))
        .hasMessageContaining("nowhere.pem cannot be read");
  }
}
