package io.platform.buildlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.AppId;
import io.platform.domain.Artifact;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.BuilderNotice;
import io.platform.domain.Release;
import io.platform.domain.ReleaseCause;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RolloutNotice;
import io.platform.domain.Sha256;
import io.platform.domain.StartDelay;
import io.platform.domain.StoredObject;
import io.platform.slug.ProcessTypes;
import io.platform.support.ReleaseBuilder;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The lines that pushers read of a build and its roll-out; of a push that is received:
 * PushMessagesTest.
 */
class BuildLogMessagesTest {
  private static final BuildId ID = new BuildId("1m7ysfkkhf3f4");
  private static final ReleaseVersion V3 = new ReleaseVersion(3);

  private final List<String> said = new ArrayList<>();
  private final BuildLog log =
      new BuildLogMessages(
          ID, (key, lines) -> said.add("# " + key + "\n" + String.join("\n", lines) + "\n"));

  private static Release release(String processType) {
    return ReleaseBuilder.of("r", new AppId("1m7ysfkkhf3f0"), V3.number())
        .artifact(new Artifact.Slug(new StoredObject("k", 1, new Sha256("a".repeat(64)))))
        .processTypes(new ProcessTypes(Map.of(processType, "node .")))
        .cause(new ReleaseCause.Deploy(Optional.of("1".repeat(40))))
        .madeBy(ID)
        .by("dev@example.com")
        .status(Release.Status.LIVE)
        .createdAt(Instant.parse("2026-01-02T03:04:05Z"))
        .build();
  }

  @Test
  void saysEachEventAsInTheGoldenFile() throws Exception {
    log.launchedAgain("launch/1");
    log.noticed(
        "node", new BuilderNotice.Delayed(new StartDelay.NoRoom("0/3 nodes are available")));
    log.silent(100, Duration.ofMinutes(5), Duration.ofSeconds(60));
    log.full(8 << 20);
    log.rolloutStarted(V3);
    log.rolloutNoticed(V3, "ready", new RolloutNotice.PodReady("shop--web-1", 1, 2));
    log.appOutput(V3, List.of("Error: no database", "    at start\u001b[2J"));
    log.appOutput(V3, List.of());
    log.typesAtZero(V3, List.of("worker", "clock"));
    log.released(release("web"), "https://shop-acme.example.com/");
    log.released(release("worker"), "-");
    log.rejected(new BuildFailureCause.StoredSentence("It failed.\nPush again."));
    assertThat(String.join("\n", said)).isEqualTo(golden());
  }

  private static String golden() throws Exception {
    try (InputStream file =
        Objects.requireNonNull(
            BuildLogMessagesTest.class.getResourceAsStream("build-log.golden"))) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }
}
