package io.platform.process.app;

import io.platform.slug.HealthCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** One attempt of a health check of a process. */
final class HealthProbe {
  private final CheckedProcess process;
  private final HttpProbe http;
  private final CommandProbe command;

  /**
   * Asks a process.
   *
   * @param host what the header Host says where a check does not
   */
  HealthProbe(CheckedProcess process, String host) {
    this.process = process;
    this.http = new HttpProbe(host);
    this.command = new CommandProbe(process);
  }

  /** Why the attempt failed, as a clause; empty where it did not. */
  Optional<String> attempt(HealthCheck check) {
    Duration timeout = check.timing().timeout();
    return switch (check.probe()) {
      case HealthCheck.Probe.Http get ->
          at(get.port(), address -> http.attempt(address, get, timeout));
      case HealthCheck.Probe.Listening(var port) -> at(port, address -> connect(address, timeout));
      case HealthCheck.Probe.Command(var words) -> command.attempt(words, timeout);
      case HealthCheck.Probe.Uptime(var time) -> Optional.empty();
    };
  }

  private Optional<String> at(
      Optional<Integer> port, Function<InetSocketAddress, Optional<String>> attempt) {
    Optional<InetSocketAddress> address = process.listensOn(port);
    return address.isPresent()
        ? attempt.apply(address.get())
        : Optional.of(
            "it does not listen on " + port.map(number -> "port " + number).orElse("its PORT"));
  }

  private static Optional<String> connect(InetSocketAddress address, Duration timeout) {
    try (Socket socket = new Socket()) {
      socket.connect(address, HttpProbe.millis(timeout));
      return Optional.empty();
    } catch (SocketTimeoutException e) {
      return Optional.of("there was no connection within %d s".formatted(timeout.toSeconds()));
    } catch (IOException e) {
      return Optional.of(HttpProbe.notAsked(e));
    }
  }
}
