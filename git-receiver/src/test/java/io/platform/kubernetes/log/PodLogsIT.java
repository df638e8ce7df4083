package io.platform.kubernetes.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.platform.domain.App;
import io.platform.domain.LogLine;
import io.platform.domain.LogQuery;
import io.platform.domain.Release;
import io.platform.domain.RolloutEnd;
import io.platform.domain.port.ProcessLogs;
import io.platform.kubernetes.KubernetesAdapters;
import io.platform.kubernetes.OnCluster;
import io.platform.persistence.Fixture;
import io.platform.persistence.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logs of pods on a real cluster: each container counts lines, and ends after some of them. */
@Tag("cluster")
@Timeout(300)
class PodLogsIT {
  private static final int LINES = 100;

  /** Listens, counts to 100, and crashes; the next container does the same. */
  private static final String APP =
      """
      cd /app; python3 -c '
      import http.server, os
      http.server.HTTPServer(("", int(os.environ["PORT"])), http.server.SimpleHTTPRequestHandler).serve_forever()
      ' 2>/dev/null &
      echo start
      for n in $(seq 1 100); do sleep 0.1; echo "line $n"; done
      exit 3
      """;

  @TempDir Path directory;
  private OnCluster on;
  private Fixture fixture;
  private App app;
  private ProcessLogs logs;

  @BeforeEach
  void start() throws Exception {
    on = new OnCluster();
    fixture = new Fixture(TestDatabase.SQLITE, directory);
    app = fixture.app("counter");
    KubernetesAdapters cluster = on.open(on.config("", APP));
    logs = cluster.logs(fixture.stores.apps(), fixture.stores.events(), fixture.signals);
    assertThat(
            cluster
                .apps()
                .apply(on.release(app, 1, "count", Release.Status.PENDING))
                .await((key, text) -> {}))
        .isEqualTo(new RolloutEnd.Live());
  }

  @AfterEach
  void stop() {
    on.close();
    fixture.close();
  }

  @Test
  void losesAndRepeatsNoLineWhenAContainerIsStartedAgain() throws Exception {
    LogQuery all = LogQuery.everything().withFollow(true);
    List<LogLine> lines = new ArrayList<>();
    try (FollowedLog follower = FollowedLog.start(logs, app, all)) {
      int starts = 0;
      while (starts < 3) {
        LogLine line = follower.next();
        lines.add(line);
        starts += line.text().equals("start") ? 1 : 0;
      }
    }
    List<String> texts =
        lines.stream()
            .filter(line -> line.process().isPresent())
            .map(LogLine::text)
            .filter(text -> text.equals("start") || text.startsWith("line "))
            .toList();
    List<String> wanted = new ArrayList<>();
    for (int container = 0; container < 2; container++) {
      wanted.add("start");
      for (int n = 1; n <= LINES; n++) {
        wanted.add("line " + n);
      }
    }
    wanted.add("start");
    assertThat(texts).isEqualTo(wanted);

    LogLine middle = lines.get(lines.size() / 2);
    List<LogLine> rest =
        FollowedLog.read(logs, app, LogQuery.everything().continuedAfter(middle.position()));
    assertThat(rest.subList(0, 10))
        .isEqualTo(lines.subList(lines.size() / 2 + 1, lines.size() / 2 + 11));
    assertThat(FollowedLog.read(logs, app, LogQuery.everything().withTail(5))).hasSize(5);
  }

  @Test
  void goesOnWithTheNextPodWhenOneIsDeleted() throws Exception {
    try (FollowedLog follower =
        FollowedLog.start(logs, app, LogQuery.everything().withTail(1).withFollow(true))) {
      LogLine first = follower.next();
      for (Pod pod : on.client.pods().inNamespace(on.namespace(app)).list().getItems()) {
        on.client.resource(pod).withGracePeriod(1).delete();
      }
      LogLine line = follower.next();
      while (line.process().equals(first.process()) || !line.text().equals("start")) {
        line = follower.next();
      }
      assertThat(line.process()).isPresent();
    }
  }
}
