package io.platform.slug.build;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.platform.commons.file.Directories;
import io.platform.slug.Blob;
import io.platform.slug.BuildJob;
import io.platform.slug.JsonObject;
import io.platform.slug.SlugExitCode;
import io.platform.slug.SteadyClock;
import io.platform.slug.archive.HashingOutputStream;
import io.platform.slug.archive.TreeArchive;
import io.platform.slug.build.buildpack.BuildDirectories;
import io.platform.slug.build.log.BuilderLog;
import io.platform.slug.build.log.LogPoster;
import io.platform.slug.build.log.LogSpool;
import io.platform.slug.build.process.ChildReaper;
import io.platform.slug.http.PlatformHttp;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small build against a platform of its own on the loopback: the run that an AOT cache is made
 * from.
 */
final class BuilderTraining {
  private BuilderTraining() {}

  /** Whether it went well. */
  static boolean run() throws InterruptedException {
    try {
      Path work = Files.createTempDirectory("builder-training");
      try {
        return build(work);
      } finally {
        Directories.delete(work);
      }
    } catch (IOException failed) {
      return false;
    }
  }

  private static boolean build(Path work) throws IOException, InterruptedException {
    Path app = Files.createDirectories(work.resolve("app"));
    Files.writeString(app.resolve("Procfile"), "web: echo trained\n", StandardCharsets.UTF_8);
    Path source = work.resolve("source.tar.zst");
    Blob blob;
    try (HashingOutputStream out =
        new HashingOutputStream(Files.newOutputStream(source), Long.MAX_VALUE)) {
      TreeArchive.writeCache(app, out);
      blob = out.blob();
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    byte[] job = job(url, blob).toBytes();
    server.createContext("/", exchange -> answer(exchange, job, source));
    server.start();
    try {
      return build(work, url) == SlugExitCode.OK;
    } finally {
      server.stop(0);
    }
  }

  private static SlugExitCode build(Path work, URI url) throws IOException, InterruptedException {
    ChildReaper.adopt();
    BuilderSettings settings =
        new BuilderSettings(url, "training", "none", work, Optional.empty(), Map.of(), Map.of());
    BuildDirectories directories = BuildDirectories.in(work);
    directories.prepare();
    PlatformHttp platform = new PlatformHttp(url, "none");
    BuildStop stop = new BuildStop(Thread.currentThread());
    try (LogSpool spool = new LogSpool(directories.spool().resolve("log"))) {
      LogPoster poster = new LogPoster(platform, "training", spool, () -> {});
      poster.start();
      BuilderLog log = new BuilderLog(OutputStream.nullOutputStream(), spool, poster);
      return new Builder(settings, directories, platform, log, stop).run();
    }
  }

  private static BuildJob job(URI url, Blob source) {
    return new BuildJob(
        "training",
        "app",
        "training",
        Optional.empty(),
        "none",
        source,
        Optional.empty(),
        SteadyClock.now().plus(Duration.ofMinutes(1)),
        url.resolve("/report"),
        new BuildJob.Limits(1 << 20, 1 << 20),
        false,
        false,
        Optional.empty(),
        List.of());
  }

  private static void answer(HttpExchange exchange, byte[] job, Path source) throws IOException {
    URI uri = exchange.getRequestURI();
    int received = exchange.getRequestBody().readAllBytes().length;
    String path = uri.getPath();
    byte[] body = new byte[0];
    int status = 200;
    if (path.endsWith("/job")) {
      body = job;
    } else if (path.endsWith("/source")) {
      status = 307;
      exchange.getResponseHeaders().set("Location", "/object");
    } else if (path.equals("/object") && exchange.getRequestMethod().equals("GET")) {
      body = Files.readAllBytes(source);
    } else if (path.endsWith("/slug")) {
      body =
          new JsonObject()
              .with("method", "PUT")
              .with("url", uri.resolve("/object").toString())
              .toBytes();
    } else if (path.endsWith("/log")) {
      long offset = Long.parseLong(uri.getQuery().substring("offset=".length()));
      body = new JsonObject().with("offset", offset + received).toBytes();
    } else {
      body = new JsonObject().toBytes();
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
