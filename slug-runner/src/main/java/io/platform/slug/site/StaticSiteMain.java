package io.platform.slug.site;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/** Serves the directory that is its argument on PORT, until SIGTERM. */
public final class StaticSiteMain {
  private static final int BACKLOG = 256;
  private static final int SECONDS_TO_FINISH = 20;

  private StaticSiteMain() {}

  /** Ends with 1, after a sentence, where it cannot serve. */
  public static void main(String[] arguments) {
    Path root = Path.of(arguments.length > 0 ? arguments[0] : ".");
    String port = String.valueOf(System.getenv("PORT"));
    try {
      if (!Files.isDirectory(root)) {
        throw new IOException("there is no directory `" + root + "`");
      }
      if (!root.isAbsolute() && !root.toRealPath().startsWith(Path.of("").toRealPath())) {
        throw new IOException("`" + root + "` leads out of the app");
      }
      HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(port)), BACKLOG);
      InFlightRequests answers = new InFlightRequests(new SiteHandler(root.toRealPath()));
      server.createContext("/", answers);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> finish(server, answers), "finish-answers"));
      server.start();
    } catch (NumberFormatException noPort) {
      System.err.println("static-server: PORT is `" + port + "`, which is no number.");
      System.exit(1);
    } catch (IOException failed) {
      System.err.println(
          "static-server: cannot serve on port " + port + ": " + failed.getMessage());
      System.exit(1);
    }
  }

  private static void finish(HttpServer server, InFlightRequests answers) {
    answers.awaitEnd(SECONDS_TO_FINISH);
    server.stop(1);
  }
}
