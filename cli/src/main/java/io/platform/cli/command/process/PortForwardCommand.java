package io.platform.cli.command.process;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.ProcessConnection;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.LiveNames;
import io.platform.cli.command.OptionValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/** {@code platform port-forward}. */
public final class PortForwardCommand extends AppCommand {
  private static final int MOST_PORT = 65_535;

  private final OptionValue<String> process =
      argument("PROCESS", "A process such as web.1.", LiveNames.PROCESSES);
  private final OptionValue<String> forwarded =
      argument(
          "LOCAL[:REMOTE]",
          "A port of this machine (0: any), and one of the process (default: that of its PORT).");

  public PortForwardCommand(CommandContext context) {
    super(
        context,
        "port-forward",
        "Reach a port of a process through a port of this machine, until Ctrl-C.");
  }

  private record Ports(int local, int remote) {}

  @Override
  public Integer call() throws IOException, ClientException {
    var ports = ports(forwarded.required());
    var target = target();
    checkProcess(target, process.required());
    try (var listening = listen(ports.local())) {
      console()
          .heading(
              "Forwarding 127.0.0.1:%d to %s%s of %s"
                  .formatted(
                      listening.getLocalPort(),
                      process.required(),
                      ports.remote() == 0 ? "" : ":" + ports.remote(),
                      target.app()));
      context.out().flush();
      while (true) {
        var socket = listening.accept();
        Thread.ofVirtual()
            .name("connection")
            .start(() -> forward(target, process.required(), ports.remote(), socket));
      }
    }
  }

  /** Whether anything is there is told before a local program finds a port that leads nowhere. */
  private static void checkProcess(Target target, String process) throws ClientException {
    var names = ProcessNames.of(target.api(), target.app());
    if (!names.hasProcess(process)) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "%s has no process %s. %s".formatted(target.app(), process, names.hint(process)));
    }
  }

  private void forward(Target target, String process, int remote, Socket socket) {
    try (socket;
        var connection =
            target.api().port(target.app(), process, remote, new SocketListener(socket))) {
      var input = Thread.ofVirtual().start(() -> send(connection, socket));
      connection.await();
      socket.shutdownOutput();
      input.interrupt();
    } catch (ClientException e) {
      console().errors(List.of(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      // The local program has closed its connection.
    }
  }

  private static void send(ProcessConnection connection, Socket socket) {
    try {
      connection.sendAll(socket.getInputStream());
    } catch (IOException | ClientException e) {
      // The end of the connection is told by who waits for it.
    }
  }

  private static ServerSocket listen(int port) {
    try {
      return new ServerSocket(port, 0, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "Port " + port + " of this machine cannot be used: " + e.getMessage() + ".",
          "Choose another one: platform port-forward PROCESS LOCAL[:REMOTE]");
    }
  }

  private static Ports ports(String text) {
    var parts = text.split(":", 2);
    return port(parts[0], 0)
        .flatMap(local ->
            (parts.length == 1 ? Optional.of(0) : port(parts[1], 1))
                .map(remote -> new Ports(local, remote)))
        .orElseThrow(() ->
            new CommandFailure(
                ExitCode.USAGE,
                "\"" + text + "\" are no ports: write LOCAL or LOCAL:REMOTE, such as 8080:3000."));
  }

  private static Optional<Integer> port(String text, int least) {
    return Optional.of(text)
        .filter(it -> it.matches("\\d{1,5}"))
        .map(Integer::valueOf)
        .filter(it -> it >= least && it <= MOST_PORT);
  }
}
