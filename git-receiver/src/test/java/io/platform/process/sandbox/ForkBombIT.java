package io.platform.process.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.RolloutEnd;
import io.platform.domain.port.RunSpec;
import io.platform.process.OneMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app that starts processes without end. */
class ForkBombIT {
  private static final int MOST = 100;

  /** Forks 300 times, and answers with how often that went well. */
  private static final String BOMB =
      """
      python3 -c '
      import http.server, os, time
      made = 0
      for i in range(300):
          try:
              if os.fork() == 0:
                  time.sleep(1000)
          except OSError:
              break
          made += 1
      class Count(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              said = str(made).encode()
              self.send_response(200)
              self.send_header("Content-Length", str(len(said)))
              self.end_headers()
              self.wfile.write(said)
      http.server.HTTPServer(("", int(os.environ["PORT"])), Count).serve_forever()
      '
      """;

  @TempDir Path data;

  @Test
  void getsNoMoreProcessesThanItMayHaveAndOthersGoOn() throws Exception {
    ProcessSettings.Apps apps = OneMachine.apps(Duration.ofSeconds(30), Duration.ofSeconds(20));
    ProcessSettings settings =
        OneMachine.settings(data, ProcessSettings.Isolation.REQUIRED, ":")
            .with(apps.with(new ProcessSettings.Limits(0, 4096, 0, MOST, 0)));
    try (OneMachine machine = new OneMachine(data, settings)) {
      assertThat(machine.rollOut(machine.release("other", OneMachine.node("\"here\"", ""))))
          .isEqualTo(new RolloutEnd.Live());
      RunSpec bomb = machine.release("bomb", BOMB);
      assertThat(machine.rollOut(bomb)).isEqualTo(new RolloutEnd.Live());
      int made =
          Integer.parseInt(OneMachine.get(machine.traffic.awaitRoute("bomb-team.localhost", 0)));
      if (isLimited()) {
        assertThat(made).isBetween(MOST / 2, MOST);
      } else {
        assertThat(made).isEqualTo(300);
      }
      assertThat(OneMachine.get(machine.traffic.awaitRoute("other-team.localhost", 0)))
          .isEqualTo("here");
      machine.processes.apps().remove(bomb.app());
      assertThat(machine.traffic.leadsNowhere("bomb-team.localhost")).isTrue();
    }
  }

  /** The kernel applies its own limit to all but root, for whom control groups are needed. */
  private static boolean isLimited() throws Exception {
    boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    if (!root) {
      return KernelLimits.countsByUserNamespace();
    }
    try (ControlGroups groups = ControlGroups.open("test")) {
      return groups.limitProcesses();
    }
  }
}
