package io.platform.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.javalin.Javalin;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a simulated API server, and does what a kubelet does for the subresources exec and
 * portforward of pods: commands are processes of this machine, each with a session of its own, and
 * ports are this machine's. All other requests go to the API server.
 */
final class SimulatedKubelet implements AutoCloseable {
  private final URI api;
  private final ServerSocket front = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
  private final Map<String, Process> processes = new ConcurrentHashMap<>();
  private final Map<String, Process> commands = new ConcurrentHashMap<>();
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger breaks = new AtomicInteger();
  private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
  private final Javalin server;

  /**
   * Whether the kernel has killed a process of a container for its memory; empty where it ended.
   */
  private volatile Optional<Boolean> outOfMemory = Optional.of(false);

  SimulatedKubelet(SimulatedCluster cluster) throws IOException {
    this.api = cluster.url();
    this.server =
        Javalin.create(config -> {
          config.concurrency.useVirtualThreads = true;
          config.startup.showJavalinBanner = false;
          config.routes.ws("/api/v1/namespaces/{namespace}/pods/{pod}/exec", this::exec);
          config.routes.ws("/api/v1/namespaces/{namespace}/pods/{pod}/portforward", this::port);
        });
    server.start("127.0.0.1", 0);
    Thread.ofVirtual().start(this::accept);
  }

  Path kubeconfig(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: it
        clusters: [{name: it, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: it, user: {}}]
        contexts: [{name: it, context: {cluster: it, user: it}}]
        """
            .formatted(front.getLocalPort()));
  }

  /** From now on containers say so, and not the machine's control groups, when they are asked. */
  void outOfMemory(Optional<Boolean> killed) {
    outOfMemory = killed;
  }

  /** The next command is not started: the connection breaks off. */
  void breakOff() {
    breaks.incrementAndGet();
  }

  /** The process of the command that has this text. */
  ProcessHandle started(String text) {
    return commands.entrySet().stream()
        .filter(command -> command.getKey().contains(text))
        .map(command -> command.getValue().toHandle())
        .findFirst()
        .orElseThrow();
  }

  /** The words of all commands, as they were in the addresses of requests. */
  Set<String> commands() {
    return Set.copyOf(commands.keySet());
  }

  /** How many commands were started. */
  int started() {
    return started.get();
  }

  private void accept() {
    while (!front.isClosed()) {
      try {
        Socket client = front.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        // closed
      }
    }
  }

  /** Leads one request, and the connection with it, to who answers it. */
  private void serve(Socket client) {
    try (client) {
      StringBuilder head = new StringBuilder();
      InputStream from = client.getInputStream();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = from.read();
        if (next < 0) {
          return;
        }
        head.append((char) next);
      }
      String request = head.toString();
      boolean own = request.matches("(?s)GET \\S+/(exec|portforward)\\?.*");
      if (!own) {
        request =
            request
                .replaceAll("(?i)\r\nConnection: [^\r]*", "")
                .replaceFirst("\r\n", "\r\nConnection: close\r\n");
      }
      try (Socket to =
          new Socket(InetAddress.getLoopbackAddress(), own ? server.port() : api.getPort())) {
        to.getOutputStream().write(request.getBytes(UTF_8));
        Thread back = Thread.ofVirtual().start(() -> pipe(to, client));
        pipe(client, to);
        back.join();
      }
    } catch (IOException e) {
      // The connection was closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pipe(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // The connection was closed.
    }
  }

  private void exec(WsConfig ws) {
    ws.onConnect(ctx -> {
      if (breaks.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        ctx.closeSession(1011, "the node does not answer");
        return;
      }
      ctx.session.setMaxBinaryMessageSize(1 << 20);
      List<String> words = new ArrayList<>(List.of("setsid"));
      words.addAll(ctx.queryParams("command"));
      if (words.getLast().contains("memory.events")) {
        if (outOfMemory.isEmpty()) {
          ctx.closeSession(1011, "the container has ended");
          return;
        }
        words.addLast(outOfMemory.get() ? "true" : "false");
        words.subList(1, words.size() - 1).clear();
      }
      Process process = new ProcessBuilder(words).start();
      started.incrementAndGet();
      processes.put(ctx.sessionId(), process);
      commands.put(String.join(" ", words), process);
      Thread.ofVirtual().start(() -> follow(ctx, process));
    });
    ws.onBinaryMessage(ctx -> {
      ByteBuffer message = ctx.data();
      OutputStream input = requireNonNull(processes.get(ctx.sessionId())).getOutputStream();
      switch (message.get() & 0xff) {
        case 0 -> {
          byte[] data = new byte[message.remaining()];
          message.get(data);
          input.write(data);
          input.flush();
        }
        case 255 -> input.close();
        default -> throw new IllegalStateException("an unexpected channel");
      }
    });
  }

  private static void follow(WsConnectContext ctx, Process process) {
    try {
      Thread errors = Thread.ofVirtual().start(() -> copy(ctx, 2, process.getErrorStream()));
      copy(ctx, 1, process.getInputStream());
      errors.join();
      int code = process.waitFor();
      String status =
          code == 0
              ? "{\"metadata\":{},\"status\":\"Success\"}"
              : "{\"metadata\":{},\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\",\"message\":\"exit code\",\"details\":{\"causes\":[{\"reason\":\"ExitCode\",\"message\":\"%d\"}]}}"
                  .formatted(code);
      send(ctx, 3, status.getBytes(UTF_8), status.length());
      ctx.closeSession(1000, "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(WsConnectContext ctx, int channel, InputStream from) {
    byte[] chunk = new byte[16 << 10];
    try {
      for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
        send(ctx, channel, chunk, n);
      }
    } catch (IOException e) {
      // The process was killed.
    }
  }

  private static void send(WsConnectContext ctx, int channel, byte[] data, int length) {
    ByteBuffer message = ByteBuffer.allocate(length + 1).put((byte) channel);
    ctx.send(message.put(data, 0, length).flip());
  }

  private void port(WsConfig ws) {
    ws.onConnect(ctx -> {
      int port = Integer.parseInt(Optional.ofNullable(ctx.queryParam("ports")).orElse("0"));
      byte[] begin = {(byte) port, (byte) (port >> 8)};
      send(ctx, 0, begin, 2);
      send(ctx, 1, begin, 2);
      try {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.put(ctx.sessionId(), socket);
        Thread.ofVirtual()
            .start(() -> {
              try {
                copy(ctx, 0, socket.getInputStream());
              } catch (IOException e) {
                // The connection was closed.
              }
              ctx.closeSession(1000, "");
            });
      } catch (IOException e) {
        byte[] why =
            "failed to connect to localhost:%d: connection refused".formatted(port).getBytes(UTF_8);
        send(ctx, 1, why, why.length);
        ctx.closeSession(1000, "");
      }
    });
    ws.onBinaryMessage(ctx -> {
      ByteBuffer message = ctx.data();
      byte[] data = new byte[message.remaining() - 1];
      message.get();
      message.get(data);
      requireNonNull(sockets.get(ctx.sessionId())).getOutputStream().write(data);
    });
  }

  @Override
  public void close() throws IOException {
    front.close();
    server.stop();
    processes.values().forEach(Process::destroyForcibly);
  }
}
