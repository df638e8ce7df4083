package io.platform.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.AppId;
import io.platform.domain.Artifact;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.Config;
import io.platform.domain.InstanceId;
import io.platform.domain.Lease;
import io.platform.domain.Origin;
import io.platform.domain.Release;
import io.platform.domain.ReleaseCause;
import io.platform.domain.ReleaseFailureCause;
import io.platform.domain.ReleaseId;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.Sha256;
import io.platform.domain.StoredObject;
import io.platform.slug.ProcessTypes;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeMessagesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final BuildId ID = new BuildId("1m7ysfkkhf3f4");
  private static final AppId APP_ID = new AppId("1m7ysfkkhf3f0");

  private final List<String> said = new ArrayList<>();

  private void says(String title, String text) {
    said.add("# " + title + "\n" + text + "\n");
  }

  private static Build build(Duration limit) {
    return new Build(
        ID,
        APP_ID,
        new Origin.Push("refs/heads/main", "0".repeat(40), "1".repeat(40), "dev@example.com"),
        new Lease(new InstanceId("i"), 0),
        Build.Status.CANCELED,
        Optional.empty(),
        Optional.of(NOW.plus(limit)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        NOW,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Release release(
      Release.Status status, Optional<ReleaseFailureCause> failure, Map<String, String> types) {
    return new Release(
        new ReleaseId("r"),
        APP_ID,
        new ReleaseVersion(3),
        new Artifact.Slug(new StoredObject("k", 1, new Sha256("a".repeat(64)))),
        Config.EMPTY,
        new ProcessTypes(types),
        new ReleaseCause.Deploy(Optional.of("1".repeat(40))),
        Optional.empty(),
        Optional.of(ID),
        "dev@example.com",
        status,
        failure,
        NOW,
        Optional.empty());
  }

  @Test
  void saysWhatTheGoldenFileSays() throws Exception {
    Map<String, String> web = Map.of("web", "node .");
    says("rejected without a message", OutcomeMessages.rejected(build(Duration.ZERO)));
    says(
        "not live",
        OutcomeMessages.notLive(
            release(
                Release.Status.FAILED,
                Optional.of(new ReleaseFailureCause.Told("It ended with exit code 1.")),
                web),
            Optional.of(new ReleaseVersion(2))));
    says(
        "not live, and nothing before it",
        OutcomeMessages.notLive(
            release(
                Release.Status.FAILED,
                Optional.of(new ReleaseFailureCause.Told("It ended with exit code 1.")),
                web),
            Optional.empty()));
    says(
        "superseded",
        OutcomeMessages.notLive(
            release(Release.Status.SUPERSEDED, Optional.empty(), web),
            Optional.of(new ReleaseVersion(4))));
    assertThat(String.join("\n", said)).isEqualTo(golden());
  }

  private static String golden() throws Exception {
    try (InputStream file =
        Objects.requireNonNull(OutcomeMessagesTest.class.getResourceAsStream("outcomes.golden"))) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }
}
