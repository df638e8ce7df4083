package io.platform.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.platform.domain.port.RunSpec;
import io.platform.process.sandbox.ProcessSettings;
import io.platform.process.sandbox.SandboxProgram;
import io.platform.slug.Blob;
import io.platform.slug.ProcessTypes;
import io.platform.slug.archive.HashingOutputStream;
import io.platform.slug.archive.SlugArchive;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The platform as a runner sees it: one slug, for the token of {@link OneMachine}; 404 before there
 * is one.
 */
final class SlugServer implements AutoCloseable {
  private static final Path TARGET = Path.of("../slug-runner/target").toAbsolutePath().normalize();
  static final Path JAR = TARGET.resolve("slug-runner-all.jar");

  private final HttpServer server;
  private final Path directory;
  private byte[] slug = {};
  private String digest = "";

  SlugServer(Path directory) throws IOException {
    this.directory = directory;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * The settings with the programs of module slug-runner; builder and runner use their AOT caches
   * where they may.
   */
  static ProcessSettings withRealRunner(ProcessSettings settings, boolean aot) {
    Path jdk = Path.of(System.getProperty("java.home"));
    Path caches = aot ? TARGET : TARGET.resolve("none");
    return new ProcessSettings(
        settings.data(),
        SandboxProgram.builder(jdk, JAR, caches.resolve("builder.aot"), List.of("-Xmx256m")),
        SandboxProgram.runner(jdk, JAR, caches.resolve("runner.aot"), List.of("-Xmx96m")),
        settings.isolation(),
        settings.builds(),
        settings.apps());
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  RunSpec at(RunSpec spec) {
    return new RunSpec(spec.app(), spec.release(), spec.token(), url());
  }

  /** Packs files as a slug, and serves it. */
  void serve(Map<String, String> types, Map<String, String> files) throws IOException {
    Path app = Files.createDirectories(directory.resolve("app"));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(app.resolve(file.getKey()), file.getValue());
    }
    Path packed = directory.resolve("slug");
    try (HashingOutputStream out =
        new HashingOutputStream(Files.newOutputStream(packed), Long.MAX_VALUE)) {
      SlugArchive.write(app, "test", "platform-1", new ProcessTypes(types), out);
      Blob blob = out.blob();
      digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(blob.sha256()));
    }
    slug = Files.readAllBytes(packed);
  }

  private void answer(HttpExchange exchange) throws IOException {
    boolean object = exchange.getRequestURI().getPath().equals("/object");
    boolean known =
        ("Bearer " + OneMachine.TOKEN)
            .equals(exchange.getRequestHeaders().getFirst("Authorization"));
    int status = slug.length == 0 ? 404 : object ? 200 : known ? 307 : 401;
    if (status == 307) {
      exchange.getResponseHeaders().add("Location", "/object");
      exchange.getResponseHeaders().add("Repr-Digest", "sha-256=:" + digest + ":");
    }
    byte[] body = status == 200 ? slug : new byte[0];
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
