package io.platform.kubernetes.oneoff;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.platform.domain.ExitDetail;
import io.platform.domain.TerminalSize;
import io.platform.domain.port.AttachedProcess;
import io.platform.domain.port.ProcessSignal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command in the container of a pod, over the protocol {@code v5.channel.k8s.io}. It is started
 * by a shell that first tells its process id, for signals: the protocol has none. The shell then
 * reads the variables of the command from its input: what is in the words of the command is in the
 * address of a request, which the API server may log.
 */
final class PodCommand implements AttachedProcess {
  private static final Logger LOG = LoggerFactory.getLogger(PodCommand.class);

  static final String PROTOCOL = "v5.channel.k8s.io";
  private static final String BECOMES = "echo $$; exec \"$@\"";

  /**
   * Asks for them by an empty line. Each comes as a line that printf(1) is to expand, and after
   * them an empty one. Where the connection breaks off before, there is no command.
   */
  private static final String READS_VARIABLES =
      "echo; until IFS= read -r pair || exit 1; [ -z \"$pair\" ]; do printf -v pair %b \"$pair\"; export \"$pair\"; done; unset pair; ";

  /** A terminal in its usual mode shows what it reads, and loses lines that are long. */
  private static final String TERMINAL_AS_PIPE = "mode=$(stty -g); stty raw -echo; ";

  private static final String TERMINAL_AS_BEFORE = "stty \"$mode\"; unset mode; ";

  private static final int START_SECONDS = 30;

  private static final int INPUT = 0;
  private static final int OUTPUT = 1;
  private static final int ERRORS = 2;
  static final int STATUS = 3;
  private static final int RESIZE = 4;
  private static final int CLOSE = 255;

  private final Incoming incoming = new Incoming();
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final KubernetesClient client;
  private final Pod pod;
  private final Consumer<PodCommand> whenClosed;
  private final IntFunction<ExitDetail> details;
  private final PodSocket socket;
  private final OutputStream input;
  private final ContainerSession session;

  private PodCommand(
      KubernetesClient client,
      Pod pod,
      List<String> command,
      Map<String, String> variables,
      Optional<TerminalSize> terminal,
      IntFunction<ExitDetail> details,
      Consumer<PodCommand> whenClosed)
      throws IOException, PodSocket.Refused {
    this.client = client;
    this.pod = pod;
    this.details = details;
    this.whenClosed = whenClosed;
    List<String> words = new ArrayList<>(List.of("bash", "-c", start(variables, terminal), "bash"));
    words.addAll(command);
    if (variables.isEmpty()) {
      incoming.asked.complete(true);
    }
    this.socket =
        PodSocket.open(client, PodPath.exec(pod, words, terminal.isPresent()), PROTOCOL, incoming);
    incoming.from.complete(socket);
    this.input =
        new ChannelOutput(socket, INPUT, () -> socket.send(CLOSE, new byte[] {(byte) INPUT}, 0, 1));
    this.session = awaitStart(variables);
  }

  /**
   * Starts it, and returns when it runs.
   *
   * @param command may be logged on its way
   * @param variables of its environment, which are not
   * @param details what is known of an end with an exit code; may take seconds
   * @param whenClosed called once, when it is closed, also where it has ended
   * @throws IOException where it does not start; the message is one line for the user
   */
  static PodCommand start(
      KubernetesClient client,
      Pod pod,
      List<String> command,
      Map<String, String> variables,
      Optional<TerminalSize> terminal,
      IntFunction<ExitDetail> details,
      Consumer<PodCommand> whenClosed)
      throws IOException, PodSocket.Refused {
    return new PodCommand(client, pod, command, variables, terminal, details, whenClosed);
  }

  private static String start(Map<String, String> variables, Optional<TerminalSize> terminal) {
    // Before it starts: a message with the size may come when it has asked for it already.
    String size =
        terminal.map(it -> "stty cols %d rows %d; ".formatted(it.columns(), it.rows())).orElse("");
    if (variables.isEmpty()) {
      return size + BECOMES;
    }
    return terminal.isPresent()
        ? size + TERMINAL_AS_PIPE + READS_VARIABLES + TERMINAL_AS_BEFORE + BECOMES
        : READS_VARIABLES + BECOMES;
  }

  /** Its processes. */
  ContainerSession session() {
    return session;
  }

  /** Whether its end is not known. */
  boolean mayRun() {
    return !ended.isDone() || ended.isCompletedExceptionally();
  }

  private ContainerSession awaitStart(Map<String, String> variables) throws IOException {
    try {
      incoming.asked.get(START_SECONDS, TimeUnit.SECONDS);
      if (!variables.isEmpty()) {
        input.write(ShellVariables.lines(variables));
      }
      return new ContainerSession(
          client, pod, incoming.processId.get(START_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      socket.close();
      throw e.getCause() instanceof IOException why ? why : new IOException(e);
    } catch (TimeoutException e) {
      socket.close();
      throw new IOException("the container does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      socket.close();
      throw new IOException("interrupted while starting a command", e);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public OutputStream input() {
    return input;
  }

  @Override
  public InputStream output() {
    return incoming.output;
  }

  @Override
  public InputStream errors() {
    return incoming.errors;
  }

  @Override
  public CompletableFuture<Integer> ended() {
    return ended;
  }

  @Override
  public ExitDetail detail() {
    return details.apply(ended.join());
  }

  @Override
  public void resize(TerminalSize size) {
    byte[] json =
        "{\"Width\":%d,\"Height\":%d}".formatted(size.columns(), size.rows()).getBytes(UTF_8);
    try {
      socket.send(RESIZE, json, 0, json.length);
    } catch (IOException e) {
      LOG.debug("a terminal that has ended has no size", e);
    }
  }

  @Override
  public void signal(ProcessSignal signal) {
    session.send(signal);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      whenClosed.accept(this);
      socket.close();
    }
  }

  /** What comes from the container. */
  private final class Incoming implements PodSocket.Receiver {
    final CompletableFuture<PodSocket> from = new CompletableFuture<>();

    /** Whether the shell waits for the variables, or there are none. */
    final CompletableFuture<Boolean> asked = new CompletableFuture<>();

    final CompletableFuture<String> processId = new CompletableFuture<>();
    final ChannelInput output = new ChannelInput(this::consumed);
    final ChannelInput errors = new ChannelInput(this::consumed);
    private final StringBuilder firstLine = new StringBuilder();

    private void consumed(int bytes) {
      CompletableFuture<Void> _ = from.thenAccept(it -> it.consumed(bytes));
    }

    @Override
    public void message(int channel, ByteBuffer data) {
      switch (channel) {
        case OUTPUT -> {
          readProcessId(data);
          output.add(data);
        }
        case ERRORS -> errors.add(data);
        case STATUS -> {
          int length = data.remaining();
          end(ExecStatus.of(data));
          consumed(length);
        }
        default -> consumed(data.remaining());
      }
    }

    private void readProcessId(ByteBuffer data) {
      int before = data.remaining();
      while (!processId.isDone() && data.hasRemaining()) {
        char next = (char) data.get();
        if (next == '\n' && !asked.isDone()) {
          asked.complete(true);
          firstLine.setLength(0);
        } else if (next == '\n') {
          processId.complete(firstLine.toString().strip());
        } else {
          firstLine.append(next);
        }
      }
      consumed(before - data.remaining());
    }

    private void end(ExecStatus.End end) {
      switch (end) {
        case ExecStatus.End.Exited(int code) -> ended.complete(code);
        case ExecStatus.End.Failed(String why) ->
            ended.completeExceptionally(
                new Lost("The command ended, and nobody knows how: %s.".formatted(why)));
      }
      String why =
          end instanceof ExecStatus.End.Failed failed ? failed.why() : firstLine.toString();
      asked.completeExceptionally(new IOException(why));
      processId.completeExceptionally(new IOException(why));
      output.end();
      errors.end();
    }

    @Override
    public void over() {
      ended.completeExceptionally(
          new Lost("The connection to the command broke off. It was ended where it still ran."));
      asked.completeExceptionally(new IOException("the connection broke off"));
      processId.completeExceptionally(new IOException("the connection broke off"));
      output.end();
      errors.end();
    }
  }
}
