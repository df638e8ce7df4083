package io.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.platform.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/** An S3 server of others, S3Proxy, in a process of its own; its buckets are directories. */
final class S3Server implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final String BUCKET = "bucket";
  private static final String USER = "platform-test";
  private static final String PASSWORD = "platform-test-secret";

  private final Path directory;
  private final int port;
  private final Path root;
  private Process process;

  private S3Server(Path directory, Process process, int port, Path root) {
    this.directory = directory;
    this.process = process;
    this.port = port;
    this.root = root;
  }

  static S3Server start(Path directory) throws Exception {
    return FreePort.start(port -> start(directory, port));
  }

  private static S3Server start(Path directory, int port) throws IOException {
    Path root = directory.resolve("buckets");
    Files.createDirectories(root.resolve(BUCKET));
    Path settings = directory.resolve("s3proxy.properties");
    Files.write(
        settings,
        List.of(
            "s3proxy.endpoint=http://127.0.0.1:" + port,
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=" + USER,
            "s3proxy.credential=" + PASSWORD,
            "s3proxy.ignore-unknown-headers=true",
            "s3proxy.v4-max-non-chunked-request-size=67108864",
            "jclouds.provider=filesystem-nio2",
            "jclouds.filesystem.basedir=" + root,
            "jclouds.identity=local",
            "jclouds.credential=local"));
    S3Server server = new S3Server(directory, launch(directory), port, root);
    server.awaitStart(directory.resolve("s3proxy.log"));
    return server;
  }

  /** Starts it again after it was closed, where it was. */
  void startAgain() throws Exception {
    process = launch(directory);
    awaitStart(directory.resolve("s3proxy.log"));
  }

  private static Process launch(Path directory) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-jar",
            System.getProperty("test.servers", "target/test-servers") + "/s3proxy.jar",
            "--properties",
            directory.resolve("s3proxy.properties").toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("s3proxy.log").toFile())
        .start();
  }

  private void awaitStart(Path log) throws IOException {
    try {
      await()
          .atMost(START)
          .failFast("S3Proxy ended", () -> !process.isAlive())
          .until(this::answers);
    } catch (ConditionTimeoutException | TerminalFailureException e) {
      close();
      throw new IOException("S3Proxy did not start: " + Files.readString(log, UTF_8), e);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What a platform needs to use a bucket of it. */
  Map<String, String> environment(String bucket) {
    return Map.of(
        "PLATFORM_OBJECT_STORE",
        "s3://%s/objects?endpoint=http://127.0.0.1:%d&region=us-east-1&path-style=true"
            .formatted(bucket, port),
        "AWS_ACCESS_KEY_ID",
        USER,
        "AWS_SECRET_ACCESS_KEY",
        PASSWORD,
        "AWS_EC2_METADATA_DISABLED",
        "true");
  }

  /** The same for the bucket that there is. */
  Map<String, String> environment() {
    return environment(BUCKET);
  }

  /** The last segments of what is stored. */
  List<String> kinds() throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(BUCKET))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
