package io.platform.slug.run;

import com.sun.net.httpserver.HttpServer;
import io.platform.commons.file.Directories;
import io.platform.commons.http.header.ReprDigest;
import io.platform.slug.Blob;
import io.platform.slug.Manifest;
import io.platform.slug.ProcessTypes;
import io.platform.slug.archive.HashingOutputStream;
import io.platform.slug.archive.SlugArchive;
import io.platform.slug.http.PlatformHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A run up to the exec, of a slug of its own on the loopback, and one that stores the slug and
 * unpacks it then: the runs that an AOT cache is made from.
 */
final class RunnerTraining {
  private RunnerTraining() {}

  /** Whether it went well. */
  static boolean run() throws InterruptedException {
    try {
      Path work = Files.createTempDirectory("runner-training");
      try {
        return run(work);
      } finally {
        Directories.delete(work);
      }
    } catch (IOException | RunFailure failed) {
      return false;
    }
  }

  private static boolean run(Path work) throws IOException, RunFailure, InterruptedException {
    Path app = Files.createDirectories(work.resolve("app/bin"));
    Files.writeString(app.resolve("run"), "true", StandardCharsets.UTF_8);
    ProcessTypes types = new ProcessTypes(Map.of(ProcessTypes.WEB, "true"));
    Path slug = work.resolve("slug");
    Blob blob;
    try (HashingOutputStream out =
        new HashingOutputStream(Files.newOutputStream(slug), Long.MAX_VALUE)) {
      SlugArchive.write(work.resolve("app"), "none", "none", types, out);
      blob = out.blob();
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String digest = ReprDigest.ofHex(blob.sha256());
    server.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/object")) {
            exchange.sendResponseHeaders(200, blob.size());
            Files.copy(slug, exchange.getResponseBody());
          } else {
            exchange.getResponseHeaders().set("Location", "/object");
            exchange.getResponseHeaders().set(ReprDigest.FIELD, digest);
            exchange.sendResponseHeaders(307, -1);
          }
          exchange.close();
        });
    server.start();
    try {
      URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      RunnerSettings settings =
          RunnerSettings.from(
              Map.of(
                  "PLATFORM_URL",
                  url.toString(),
                  "PLATFORM_RELEASE",
                  "training",
                  "PLATFORM_TOKEN",
                  "none",
                  "PLATFORM_MEMORY",
                  "536870912",
                  "PLATFORM_APP_DIR",
                  work.resolve("unpacked").toString()));
      PlatformHttp platform = new PlatformHttp(url, "none");
      SlugProblemReporter reporter =
          new SlugProblemReporter(platform, settings.release(), message -> {});
      AppDirectory unpacked = new AppDirectory(settings.appDirectory());
      new FetchSlug<>(platform, settings.release(), unpacked, reporter).run();
      SlugFile stored = new SlugFile(work.resolve("stored"));
      Manifest manifest =
          new FetchSlug<>(platform, settings.release(), stored, reporter).run().unpack(unpacked);
      AppStartCommand command = AppStartCommand.of(manifest.processTypes(), settings, "");
      return new Exec().rehearse(command);
    } finally {
      server.stop(0);
    }
  }
}
