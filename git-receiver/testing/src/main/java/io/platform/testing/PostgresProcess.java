package io.platform.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server process that ends, and removes its directory, when this JVM does. PostgreSQL refuses to
 * run as root, so that there it runs as nobody.
 */
final class PostgresProcess {
  private static final int NOBODY = 65_534;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** The end of its input is the end of the JVM, also of one that was killed. */
  private static final String UNTIL_INPUT_ENDS =
      "directory=$1; shift; \"$@\" & server=$!; cat > /dev/null; kill -QUIT $server; wait $server; rm -rf \"$directory\"";

  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "max_connections=300",
          "fsync=off",
          "full_page_writes=off");

  private final Path directory;
  private final Path data;
  private final List<String> asWhom;

  PostgresProcess(Path directory) throws IOException {
    this.directory = directory;
    this.data =
        Files.createDirectory(
            directory.resolve("data"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    boolean root = Files.getAttribute(data, "unix:uid").equals(0);
    if (root) {
      Files.setAttribute(data, "unix:uid", NOBODY);
    }
    this.asWhom =
        root
            ? List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--")
            : List.of();
  }

  /** Serves when this returns, on the port that it returns. */
  int start() throws IOException, InterruptedException {
    initialise();
    return FreePort.start(this::startAt);
  }

  private int startAt(int port) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", UNTIL_INPUT_ENDS, "sh"));
    command.add(directory.toString());
    command.addAll(asWhom);
    command.addAll(List.of(binary("postgres"), "-D", data.toString(), "-p", "" + port));
    SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    awaitReady(process);
    return port;
  }

  private void initialise() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(asWhom);
    command.addAll(List.of(binary("initdb"), "-D", data.toString(), "-U", PostgresServer.USER));
    command.addAll(List.of("-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("initdb failed: " + said);
    }
  }

  private String binary(String name) {
    return directory.resolve("bin").resolve(name).toString();
  }

  private static void awaitReady(Process process) throws IOException, InterruptedException {
    CompletableFuture<Boolean> ready = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("postgres-log").start(() -> drain(process, ready));
    try {
      ready.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IOException("PostgreSQL does not come up", e);
    }
  }

  private static void drain(Process process, CompletableFuture<Boolean> ready) {
    StringBuilder said = new StringBuilder();
    try (BufferedReader log = process.inputReader()) {
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        if (line.contains("ready to accept connections")) {
          ready.complete(true);
        } else if (line.contains("could not create any TCP/IP sockets")) {
          ready.completeExceptionally(new IOException(said + line));
        } else if (!ready.isDone()) {
          said.append(line).append('\n');
        }
      }
    } catch (IOException e) {
      said.append(e);
    }
    ready.completeExceptionally(new IOException(said.toString()));
  }
}
