package io.platform.api.attach;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.commons.http.Json;
import io.platform.commons.http.Problem;
import io.platform.domain.ExitDetail;
import io.platform.domain.TerminalSize;
import io.platform.domain.port.AttachedProcess;
import io.platform.domain.port.ProcessSignal;
import io.platform.failure.ExitMessages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of a user to a process; {@link Channel} has its messages. The process ends with
 * the connection.
 */
public final class ProcessSocket {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessSocket.class);

  static final int NORMAL = 1000;
  private static final int UNSUPPORTED = 1003;
  private static final int POLICY = 1008;
  private static final int BAD_GATEWAY = 502;

  private static final String OWN_ERROR =
      "The server could not do this because of an error of its own. Try again; if this keeps failing, contact your administrator.";

  private static final int UNAVAILABLE = 503;
  private static final String STOPPING =
      "The platform is stopping, which ends this connection and the command that runs for it. Try again when the platform is back.";

  /** Starts the process that the connection is for. */
  public interface Starter {
    /**
     * Starts the process that the client's first message asks for.
     *
     * @param start JSON; empty where the address says it all
     * @throws Problem with why it is not started
     */
    Begun start(byte[] start) throws IOException;
  }

  /**
   * A process that was started.
   *
   * @param description what the client gets to know of it
   */
  public record Begun(AttachedProcess process, Map<String, String> description) {}

  private final SocketLimits limits;
  private final SocketSender sender;
  private final Starter starter;
  private final Runnable over;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CompletableFuture<AttachedProcess> process = new CompletableFuture<>();
  private volatile long lastReceived = System.nanoTime();
  private volatile boolean busy;

  /**
   * A connection that was just made.
   *
   * @param over called once, when it has ended
   */
  ProcessSocket(Session session, SocketLimits limits, Starter starter, Runnable over) {
    this.limits = limits;
    this.sender = new SocketSender(session);
    this.starter = starter;
    this.over = over;
  }

  /** Starts without a message of the client's. */
  public void startNow() {
    start(new byte[0]);
  }

  /** Takes a message. Returns when the process has taken it; until then no other is read. */
  public void message(ByteBuffer message) {
    lastReceived = System.nanoTime();
    busy = true;
    try {
      if (!message.hasRemaining()) {
        sender.close(POLICY, "a message needs a channel");
        return;
      }
      byte number = message.get();
      byte[] data = new byte[message.remaining()];
      message.get(data);
      Channel channel = Channel.of(number).orElse(Channel.STATUS);
      if (channel != Channel.START && !begun.get()) {
        beforeStart(channel, data);
        return;
      }
      switch (channel) {
        case START -> start(data);
        case INPUT -> input(data);
        case RESIZE -> resize(data);
        case SIGNAL -> signal(new String(data, UTF_8));
        case CLOSE -> process.join().input().close();
        case OUTPUT, ERRORS, STATUS, STARTED ->
            sender.close(POLICY, "the channel is not known, or the server's alone");
      }
    } catch (IOException | CompletionException e) {
      // The process reads no more, or has not come up: its exit code says all.
      LOG.debug("a process does not take its input", e);
    } finally {
      lastReceived = System.nanoTime();
      busy = false;
    }
  }

  /** A terminal may change before it is given to the process, whose start then says its size. */
  private void beforeStart(Channel channel, byte[] data) {
    boolean harmless = channel == Channel.RESIZE || (channel == Channel.INPUT && data.length == 0);
    if (!harmless) {
      sender.close(POLICY, "the first message starts the process");
    }
  }

  /** Text is not for processes. */
  public void text() {
    sender.close(UNSUPPORTED, "send binary messages");
  }

  private void start(byte[] data) {
    if (begun.compareAndSet(false, true)) {
      Thread.ofVirtual().name("start of a process").start(() -> begin(data));
    } else {
      sender.close(POLICY, "the process was started before");
    }
  }

  private void begin(byte[] data) {
    try {
      Begun started = starter.start(data);
      if (!process.complete(started.process())) {
        started.process().close();
        return;
      }
      sender.send(Channel.STARTED, Json.bytes(started.description()));
      relay(started.process());
    } catch (Problem problem) {
      process.completeExceptionally(problem);
      end(refusal(problem));
    } catch (IOException e) {
      process.completeExceptionally(e);
      LOG.debug("a connection to a process broke off", e);
      close();
    } catch (RuntimeException e) {
      process.completeExceptionally(e);
      LOG.error("a process could not be started for a user", e);
      end(refusal(new Problem(500, OWN_ERROR)));
    }
  }

  private void relay(AttachedProcess running) {
    OutputPump output =
        OutputPump.start(sender, Channel.OUTPUT, running.output(), limits.chunkBytes());
    OutputPump errors =
        OutputPump.start(sender, Channel.ERRORS, running.errors(), limits.chunkBytes());
    try {
      byte[] outcome = outcome(running);
      output.awaitEnd(limits.quiet().toMillis());
      errors.awaitEnd(limits.quiet().toMillis());
      end(outcome);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  private static byte[] outcome(AttachedProcess running) {
    try {
      int exitCode = running.ended().join();
      ExitDetail detail = running.detail();
      return Json.bytes(
          detail instanceof ExitDetail.Unknown
              ? Map.of("exit_code", exitCode)
              : Map.of("exit_code", exitCode, "reason", sentence(exitCode, detail)));
    } catch (CompletionException e) {
      if (e.getCause() instanceof AttachedProcess.Lost lost) {
        return refusal(new Problem(BAD_GATEWAY, String.valueOf(lost.getMessage())));
      }
      throw e;
    }
  }

  private static String sentence(int exitCode, ExitDetail detail) {
    return "The command %s.".formatted(ExitMessages.end(exitCode, detail));
  }

  static byte[] refusal(Problem problem) {
    return Json.bytes(Map.of("error", problem.detail(), "status", problem.status()));
  }

  /** Ends the connection, as the server stops. */
  void stop() {
    end(refusal(new Problem(UNAVAILABLE, STOPPING)));
  }

  private void end(byte[] status) {
    try {
      sender.send(Channel.STATUS, status);
    } catch (IOException e) {
      LOG.debug("a client did not hear of the end of its process", e);
    }
    sender.close(NORMAL, "");
    close();
  }

  private void input(byte[] data) throws IOException {
    if (data.length > 0) {
      var input = process.join().input();
      input.write(data);
      input.flush();
    }
  }

  private record Size(int columns, int rows) {}

  private void resize(byte[] data) throws IOException {
    try {
      Size size = Json.parse(data, Size.class);
      process.join().resize(new TerminalSize(size.columns(), size.rows()));
    } catch (Problem malformed) {
      sender.close(POLICY, "the size of the terminal is no JSON");
    }
  }

  private void signal(String name) {
    Arrays.stream(ProcessSignal.values())
        .filter(signal -> signal.name().equals(name))
        .findFirst()
        .ifPresentOrElse(
            signal -> process.join().signal(signal),
            () -> sender.close(POLICY, "the signal is not known"));
  }

  /** Pings the client, and ends a connection from which nothing came for too long. */
  void look() {
    sender.ping(this::close);
    if (!busy && System.nanoTime() - lastReceived > limits.silence().toNanos()) {
      LOG.info("a client of a process is silent and taken as gone");
      sender.close(POLICY, "nothing was heard for too long");
      close();
    }
  }

  /** Ends the process, as its client has gone. */
  public void close() {
    if (closed.compareAndSet(false, true)) {
      process.completeExceptionally(new IOException("the client has gone"));
      CompletableFuture<Void> _ = process.thenAccept(AttachedProcess::close);
      over.run();
    }
  }
}
