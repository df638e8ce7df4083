package io.platform.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A WebSocket to a process. What comes is passed on before more is asked for, and what is sent is
 * waited for: neither side is ahead of the other.
 */
public final class ProcessConnection implements AutoCloseable {
  /**
   * How often something is sent, so that the server knows that this client is there. It also tells
   * that the server is not: the JDK misses the end of a connection that comes right behind a
   * message, and only what is sent after it fails.
   */
  private static final Duration ALIVE = Duration.ofSeconds(5);

  /** How long what came before the end of a connection may take to be passed on. */
  private static final Duration LAST_MESSAGES = Duration.ofSeconds(1);

  /** The server pings every 20 seconds. */
  private static final Duration SILENCE = Duration.ofSeconds(70);

  private static final Duration SENDING = Duration.ofMinutes(10);
  private static final int NORMAL = 1000;
  private static final int CHUNK = 16 << 10;

  private static final String BROKEN =
      "The connection to the process broke. The process is ended by the server.";

  /** What is done with what comes; each call ends before the next one begins. */
  public interface Listener {
    /** The process was started. */
    void started(JsonNode what);

    /** It wrote to standard output. */
    void output(byte[] data, int offset, int length) throws IOException;

    /** It wrote to standard error. */
    void errors(byte[] data, int offset, int length) throws IOException;
  }

  private final Listener listener;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final Receiver receiver = new Receiver();
  private final Thread watch;
  private volatile CompletableFuture<WebSocket> socket = new CompletableFuture<>();
  private volatile long lastReceived = System.nanoTime();
  private volatile boolean waiting = true;
  private volatile Optional<String> reason = Optional.empty();

  private ProcessConnection(Listener listener) {
    this.listener = listener;
    this.watch = Thread.ofVirtual().name("watch").unstarted(this::watch);
  }

  static ProcessConnection over(Listener listener) {
    return new ProcessConnection(listener);
  }

  WebSocket.Listener receiver() {
    return receiver;
  }

  void connected(WebSocket connected) {
    socket.complete(connected);
    watch.start();
  }

  /** Sends what is to be started. */
  public void start(JsonNode what) throws ClientException {
    send(ProcessChannel.START, JsonTree.compact(what).getBytes(StandardCharsets.UTF_8));
  }

  /** Sends the size of the terminal. */
  public void resize(int columns, int rows) throws ClientException {
    var size = JsonTree.object().put("columns", columns).put("rows", rows);
    send(ProcessChannel.RESIZE, JsonTree.compact(size).getBytes(StandardCharsets.UTF_8));
  }

  /** Sends all of a stream, and its end. */
  public void sendAll(InputStream input) throws IOException, ClientException {
    var chunk = new byte[CHUNK];
    for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
      send(ProcessChannel.INPUT, chunk, count);
    }
    send(ProcessChannel.CLOSE, new byte[] {ProcessChannel.INPUT});
  }

  private void send(byte channel, byte[] data) throws ClientException {
    send(channel, data, data.length);
  }

  private synchronized void send(byte channel, byte[] data, int length) throws ClientException {
    var message = ByteBuffer.allocate(length + 1).put(channel).put(data, 0, length).flip();
    try {
      socket.get().sendBinary(message, true).get(SENDING.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new ClientException.Unreachable(BROKEN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException.Unreachable("Interrupted.");
    }
  }

  /** Waits for the end of the process, and returns its exit code. */
  public int await() throws ClientException, IOException {
    try {
      return ended.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case ClientException failed -> throw failed;
        case IOException failed -> throw failed;
        case null, default -> throw new ClientException.Unreachable(BROKEN);
      }
    }
  }

  /**
   * Why the process ended as it did, a sentence; empty where its exit code is all that is known.
   */
  public Optional<String> reason() {
    return reason;
  }

  /** An empty message now and then; and a look at whether the server still says something. */
  private void watch() {
    try {
      stayAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stayAlive() throws InterruptedException {
    try {
      while (!ended.isDone()) {
        Thread.sleep(ALIVE);
        if (waiting && System.nanoTime() - lastReceived > SILENCE.toNanos()) {
          ended.completeExceptionally(new ClientException.Unreachable(BROKEN));
          socket.join().abort();
        } else {
          send(ProcessChannel.INPUT, new byte[0]);
        }
      }
    } catch (ClientException e) {
      Thread.sleep(LAST_MESSAGES);
      ended.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    watch.interrupt();
    CompletableFuture<Void> _ = socket.thenAccept(this::leave);
  }

  private void leave(WebSocket connected) {
    if (ended.isDone() && !ended.isCompletedExceptionally()) {
      CompletableFuture<WebSocket> _ =
          connected
              .sendClose(NORMAL, "")
              .orTimeout(1, TimeUnit.SECONDS)
              .exceptionally(e -> connected);
    } else {
      connected.abort();
    }
  }

  private static ClientException refusal(JsonNode status) {
    var sentence = status.path("error").asText();
    return status.path("status").asInt() == 404
        ? new ClientException.NotFound(sentence)
        : new ClientException.Refused(status.path("status").asInt(), Optional.empty(), sentence);
  }

  private final class Receiver implements WebSocket.Listener {
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();

    @Override
    public void onOpen(WebSocket webSocket) {
      webSocket.request(1);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
      lastReceived = System.nanoTime();
      waiting = false;
      try {
        var bytes = new byte[data.remaining()];
        data.get(bytes);
        if (last && part.size() == 0) {
          message(bytes);
        } else {
          part.writeBytes(bytes);
          if (last) {
            var whole = part.toByteArray();
            part.reset();
            message(whole);
          }
        }
        webSocket.request(1);
      } catch (IOException e) {
        ended.completeExceptionally(e);
        webSocket.abort();
      } finally {
        lastReceived = System.nanoTime();
        waiting = true;
      }
      return CompletableFuture.completedFuture(null);
    }

    private void message(byte[] message) throws IOException {
      if (message.length == 0) {
        return;
      }
      switch (message[0]) {
        case ProcessChannel.OUTPUT -> listener.output(message, 1, message.length - 1);
        case ProcessChannel.ERRORS -> listener.errors(message, 1, message.length - 1);
        case ProcessChannel.STARTED -> listener.started(json(message));
        case ProcessChannel.STATUS -> status(json(message));
        default -> {} // of a newer server
      }
    }

    private JsonNode json(byte[] message) {
      return JsonTree.parse(new String(message, 1, message.length - 1, StandardCharsets.UTF_8));
    }

    private void status(JsonNode status) {
      if (status.path("exit_code").isNumber()) {
        reason = Optional.of(status.path("reason").asText()).filter(text -> !text.isEmpty());
        ended.complete(status.path("exit_code").asInt());
      } else {
        ended.completeExceptionally(refusal(status));
      }
    }

    @Override
    public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
      lastReceived = System.nanoTime();
      webSocket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
      ended.completeExceptionally(new ClientException.Unreachable(BROKEN));
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      ended.completeExceptionally(new ClientException.Unreachable(BROKEN));
    }
  }
}
