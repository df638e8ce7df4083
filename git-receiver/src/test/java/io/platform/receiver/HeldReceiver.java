package io.platform.receiver;

import io.platform.commons.database.DatabaseConfig;
import io.platform.slug.SteadyClock;
import io.platform.testing.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A receiver in a process of its own, which stands still when it begins to store a source, so that
 * a test can kill it there.
 */
final class HeldReceiver implements AutoCloseable {
  private static final String PORT = "port ";
  private static final String HELD = "held";

  private final Process process;
  private final BufferedReader output;
  private final int port;

  private HeldReceiver(Process process) throws IOException {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.port = Integer.parseInt(await(PORT));
  }

  public static void main(String[] arguments) throws Exception {
    HeldStore held = new HeldStore();
    TestReceiver receiver =
        TestReceiver.sharing(
            Path.of(arguments[0]),
            new TestReceiver.Setup(database(arguments[1]), held::around, SteadyClock.system()));
    System.out.println(PORT + receiver.port());
    held.awaitReached();
    System.out.println(HELD);
    Thread.currentThread().join();
  }

  static DatabaseConfig database(String url) {
    return DatabaseConfig.of(url, Optional.of(PostgresServer.USER), Optional.empty(), 4);
  }

  static HeldReceiver start(Path root, String url) throws IOException {
    return new HeldReceiver(
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx256m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    HeldReceiver.class.getName(),
                    root.toString(),
                    url))
            .redirectErrorStream(true)
            .start());
  }

  /** What comes after this text in a line of its output. */
  private String await(String text) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(text)) {
        return line.substring(text.length());
      }
      seen.append(line).append('\n');
    }
    throw new AssertionError("the receiver never wrote '%s', but:%n%s".formatted(text, seen));
  }

  String url(String app) {
    return "http://git:%s@127.0.0.1:%d/acme/%s.git".formatted(TestReceiver.TOKEN, port, app);
  }

  void awaitHeld() throws IOException {
    await(HELD);
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
