package io.platform.process.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.Formation;
import io.platform.domain.Release;
import io.platform.domain.Restarts;
import io.platform.domain.port.RunSpec;
import io.platform.process.OneMachine;
import io.platform.process.sandbox.ProcessSettings;
import io.platform.process.sandbox.ProcessSettings.Isolation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Apps that start together, as after a restart of the server. */
@Timeout(120)
class StartTurnsIT {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path data;
  private Gate gate;

  @BeforeEach
  void open() throws IOException {
    gate = new Gate();
  }

  @AfterEach
  void close() throws IOException {
    gate.close();
  }

  @Test
  void startOneAfterTheOtherAndWebProcessesFirst() throws Exception {
    try (OneMachine machine = machine(new ProcessSettings.Starts(1, HOUR))) {
      apply(machine, "first", "web", Release.Status.LIVE);
      assertThat(gate.next()).isEqualTo("first begins");
      apply(machine, "second", "worker", Release.Status.LIVE);
      apply(machine, "third", "web", Release.Status.LIVE);
      assertThat(gate.poll(Duration.ofSeconds(2))).isNull();

      gate.pass("first");
      assertThat(gate.next()).isEqualTo("first listens");
      assertThat(gate.next()).isEqualTo("third begins");
      gate.pass("third");
      assertThat(gate.next()).isEqualTo("third listens");
      assertThat(gate.next()).isEqualTo("second begins");
    }
  }

  @Test
  void doNotKeepANewReleaseWaiting() throws Exception {
    try (OneMachine machine = machine(new ProcessSettings.Starts(1, HOUR))) {
      apply(machine, "first", "web", Release.Status.LIVE);
      assertThat(gate.next()).isEqualTo("first begins");

      apply(machine, "second", "web", Release.Status.PENDING);
      assertThat(gate.next()).isEqualTo("second begins");
    }
  }

  @Test
  void doNotWaitForLongForOneThatDoesNotComeUp() throws Exception {
    ProcessSettings.Starts brief = new ProcessSettings.Starts(1, Duration.ofMillis(100));
    try (OneMachine machine = machine(brief)) {
      apply(machine, "first", "web", Release.Status.LIVE);
      assertThat(gate.next()).isEqualTo("first begins");

      apply(machine, "second", "web", Release.Status.LIVE);
      assertThat(gate.next()).isEqualTo("second begins");
    }
  }

  @Test
  void doNotStartWhatIsRemovedWhileItWaits() throws Exception {
    try (OneMachine machine = machine(new ProcessSettings.Starts(1, HOUR))) {
      apply(machine, "first", "web", Release.Status.LIVE);
      assertThat(gate.next()).isEqualTo("first begins");
      RunSpec second = apply(machine, "second", "web", Release.Status.LIVE);
      apply(machine, "third", "web", Release.Status.LIVE);

      machine.processes.apps().remove(second.app());
      gate.pass("first");
      assertThat(gate.next()).isEqualTo("first listens");
      assertThat(gate.next()).isEqualTo("third begins");
    }
  }

  private OneMachine machine(ProcessSettings.Starts starts) throws IOException {
    ProcessSettings settings = OneMachine.settings(data, Isolation.WHERE_POSSIBLE, "exit 0");
    return new OneMachine(data, settings.with(settings.apps().with(starts)));
  }

  private RunSpec apply(OneMachine machine, String app, String type, Release.Status status) {
    String command =
        "exec 3<>/dev/tcp/127.0.0.1/%d; echo %s begins >&3; read -u 3 -r; echo %s listens >&3; exec %s"
            .formatted(gate.port(), app, app, OneMachine.node("1", ""));
    RunSpec spec =
        OneMachine.with(
            machine.release(app, Map.of(type, command), Map.of(), status),
            Formation.UNSCALED.withQuantity(type, 1),
            Restarts.NONE);
    var _ = machine.processes.apps().apply(spec);
    return spec;
  }

  /** Processes tell it what they do, and wait here until they may pass. */
  private static final class Gate implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final Map<String, Socket> processes = new ConcurrentHashMap<>();

    Gate() throws IOException {
      Thread.ofVirtual().start(this::accept);
    }

    int port() {
      return server.getLocalPort();
    }

    private void accept() {
      try {
        while (true) {
          Socket process = server.accept();
          Thread.ofVirtual().start(() -> listen(process));
        }
      } catch (IOException e) {
        // Closed.
      }
    }

    private void listen(Socket process) {
      try (process;
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          processes.put(line.split(" ", 2)[0], process);
          said.add(line);
        }
      } catch (IOException e) {
        // The process has ended.
      }
    }

    @Nullable String poll(Duration limit) throws InterruptedException {
      return said.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    String next() throws InterruptedException {
      return requireNonNull(poll(Duration.ofMinutes(1)), "no process says anything");
    }

    void pass(String app) throws IOException {
      requireNonNull(processes.get(app)).getOutputStream().write('\n');
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
