package io.platform.cli.command.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.client.ProcessConnection;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.Console;
import io.platform.cli.terminal.RawTerminal;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Joins the streams of this command with those of a process, until that has ended. */
final class ProcessStreams implements ProcessConnection.Listener {
  /** What a shell says of a program whose output nobody reads: 128 and SIGPIPE. */
  private static final int BROKEN_PIPE = 141;

  private final CommandContext context;
  private final Consumer<JsonNode> started;

  /**
   * Those of this command.
   *
   * @param started told what runs, before its first output
   */
  ProcessStreams(CommandContext context, Consumer<JsonNode> started) {
    this.context = context;
    this.started = started;
  }

  /** Connects. */
  interface Connect {
    ProcessConnection connect(ProcessConnection.Listener listener) throws ClientException;
  }

  /** The reader of the output has left. */
  private static final class OutputClosed extends IOException {
    OutputClosed() {
      super("nobody reads the output");
    }
  }

  /**
   * Starts the process and follows it to its end.
   *
   * @param start what is started; gets the terminal
   * @param terminal whether the process gets this command's, where there is one
   * @return its exit code
   */
  int follow(Connect connect, ObjectNode start, boolean terminal)
      throws ClientException, IOException {
    try (var connection = connect.connect(this)) {
      int exitCode =
          terminal
              ? withTerminal(connection, start, context.terminal().takeOver())
              : follow(connection, start);
      connection.reason().ifPresent(why -> new Console(context).errors(List.of(why)));
      return exitCode;
    } catch (OutputClosed e) {
      return BROKEN_PIPE;
    }
  }

  private int withTerminal(
      ProcessConnection connection, ObjectNode start, Optional<RawTerminal> taken)
      throws ClientException, IOException {
    if (taken.isEmpty()) {
      return follow(connection, start);
    }
    try (var terminal = taken.get()) {
      start.set(
          "terminal",
          JsonTree.object()
              .put("columns", terminal.columns())
              .put("rows", terminal.rows())
              .put("type", context.variable("TERM").orElse("xterm")));
      terminal.onResize(() -> resize(connection, terminal));
      return follow(connection, start);
    }
  }

  private static void resize(ProcessConnection connection, RawTerminal terminal) {
    try {
      connection.resize(terminal.columns(), terminal.rows());
    } catch (ClientException broken) {
      // The end of the connection is told once, by who waits for it.
    }
  }

  private int follow(ProcessConnection connection, ObjectNode start)
      throws ClientException, IOException {
    connection.start(start);
    Thread.ofPlatform().daemon().name("input").start(() -> sendInput(connection));
    return connection.await();
  }

  private void sendInput(ProcessConnection connection) {
    try {
      connection.sendAll(context.in());
    } catch (IOException | ClientException ended) {
      // The process has ended, or the connection: who waits for it tells.
    }
  }

  @Override
  public void started(JsonNode what) {
    started.accept(what);
  }

  @Override
  public void output(byte[] data, int offset, int length) throws IOException {
    write(context.out(), data, offset, length);
  }

  @Override
  public void errors(byte[] data, int offset, int length) throws IOException {
    write(context.err(), data, offset, length);
  }

  private static void write(PrintStream to, byte[] data, int offset, int length)
      throws IOException {
    to.write(data, offset, length);
    to.flush();
    if (to.checkError()) {
      throw new OutputClosed();
    }
  }
}
