package io.platform.git.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.AppId;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import io.platform.domain.InstanceId;
import io.platform.domain.Origin;
import io.platform.git.source.SourceFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PushMessagesTest {
  private static final Path FILE = Path.of("src/test/resources/receiver/wording.txt");
  private static final String COMMIT = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
  private static final long MIB = 1024 * 1024;

  private final StringBuilder said = new StringBuilder();
  private final PushLog log =
      new PushMessages((key, text) -> said.append(String.join("\n", text)).append("\n\n"));

  private static Build build() {
    return new Build(
        new BuildId("1m7yrs0pkggfp"),
        new AppId("app"),
        new Origin.Push("refs/heads/main", "0".repeat(40), COMMIT, "ada@example.com"),
        new InstanceId("receiver-1"),
        Build.Status.RUNNING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Instant.parse("2026-01-01T12:03:04Z"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void saysEachEventAsInTheGoldenFile() throws IOException {
    log.waiting();
    log.packTooLarge(4096 * MIB);
    log.objectTooLarge(100 * MIB);
    log.shallowClone();
    log.missingObject(COMMIT);
    log.brokenObject("missing email");
    log.forbiddenNames(List.of("src/.g\u200cit", "GIT~1"));
    log.uploadStalled();
    log.uploadTooSlow(1024);
    log.tooLong(Duration.ofHours(2));
    log.followedTooLong(build(), Duration.ofHours(2));
    log.packTooComplex();
    log.unreadablePack();
    log.branchKept("feature", "main");
    log.branchKept("feature");
    log.branchNotBuilt("main", "master");
    log.refKept("Tag v1");
    log.deployBranchStays("main");
    log.refReserved("refs/platform/x");
    log.notCommit("main");
    log.tagAsBranch("v1", "feature");
    log.refAmbiguous("refs/tags/main", "main", "v1", "refs/heads/main");
    log.refBlocksBranch("refs/heads/main/x", "main");
    log.buildRuns(build(), Duration.ofSeconds(42));
    log.buildRuns(build(), Duration.ofMinutes(3));
    log.received(build(), "main", COMMIT);
    log.followable(build());
    log.forced("main", COMMIT);
    log.stored(1, 6);
    log.stored(5000, 37 * MIB + MIB / 3);
    for (SourceFault.Kind kind : SourceFault.Kind.values()) {
      log.sourceRefused(
          List.of(
              new SourceFault.Offence(kind, List.of("vendor/lib"), 1),
              new SourceFault.Offence(kind, List.of("a.psd", "\"caf\\351\"", "c.psd"), 1200)));
    }
    for (SourceFault.Limit limit : SourceFault.Limit.values()) {
      log.sourceRefused(List.of(new SourceFault.OverLimit(limit, MIB / 2, "some/path")));
    }
    log.sourceRefused(
        List.of(new SourceFault.OverLimit(SourceFault.Limit.DEPTH, 256, "d/".repeat(257) + "f")));
    log.storeAway(Duration.ofMinutes(2));
    log.storeBack();
    log.storeFull();
    log.notStored("1m7yrs0pkggfp");
    log.diskFull();
    log.diskNotWritable();
    log.failed("1m7yrs0pkggfp");
    log.notReceived();
    log.interrupted();

    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(FILE, said);
    }
    assertThat(said).hasToString(Files.readString(FILE));
  }

  @Test
  void keepsToThePlainMannersOfGitClients() {
    log.waiting();
    log.received(build(), "main", COMMIT);
    log.stored(1, 1);
    log.shallowClone();

    assertThat(said.toString().lines().filter(line -> !line.isEmpty()))
        .allMatch(line ->
            line.startsWith("-----> ") || line.startsWith("       ") || line.startsWith(" !     "));
    assertThat(said).doesNotContain("\u001b");
  }

  @Test
  void tellsSizesAsPeopleDo() {
    assertThat(List.of(0L, 1023L, 1024L, 1536L, MIB, 1024 * MIB, 5L * 1024 * 1024 * MIB))
        .extracting(PushMessages::size)
        .containsExactly("0 B", "1023 B", "1 KiB", "1.5 KiB", "1 MiB", "1 GiB", "5 TiB");
  }
}
