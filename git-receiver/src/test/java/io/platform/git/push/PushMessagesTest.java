package io.platform.git.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.buildlog.BuildLog;
import io.platform.buildlog.BuildLogMessages;
import io.platform.buildlog.LogLines;
import io.platform.domain.AppId;
import io.platform.domain.Build;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.BuildStatus;
import io.platform.domain.InstanceId;
import io.platform.domain.Lease;
import io.platform.domain.Origin;
import io.platform.domain.SourceFault;
import io.platform.failure.Quantities;
import io.platform.git.push.refusal.PushRefusal;
import io.platform.git.push.refusal.PushRefusal.RefRefusal;
import io.platform.git.push.refusal.PushRefusal.ServerRefusal;
import io.platform.git.push.refusal.PushRefusal.UploadRefusal;
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
  private final LogLines lines = (key, text) -> said.append(String.join("\n", text)).append("\n\n");
  private final PushLog log = new PushMessages(lines);
  private final BuildLog buildLog = new BuildLogMessages(build().id(), lines);

  private static Build build() {
    return new Build(
        new BuildId("1m7yrs0pkggfp"),
        new AppId("app"),
        new Origin.Push("refs/heads/main", "0".repeat(40), COMMIT, "ada@example.com"),
        new Lease(new InstanceId("receiver-1"), 0),
        BuildStatus.RUNNING,
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

  private void refused(BuildFailureCause.NotAccepted cause) {
    log.refused(new PushRefusal.NotAccepted(cause));
  }

  @Test
  void saysEachEventAsInTheGoldenFile() throws IOException {
    log.waiting();
    log.waitingForInterruptedPush(Duration.ofMinutes(1));
    log.refused(new UploadRefusal.PackTooLarge(4096 * MIB));
    log.refused(new UploadRefusal.ObjectTooLarge(100 * MIB));
    log.refused(new UploadRefusal.ShallowClone());
    log.refused(new UploadRefusal.MissingObject(COMMIT));
    log.refused(new UploadRefusal.BrokenObject("missing email"));
    log.refused(new UploadRefusal.ForbiddenNames(List.of("src/.g\u200cit", "GIT~1")));
    log.refused(new UploadRefusal.Stalled());
    log.refused(new UploadRefusal.TooSlow(1024));
    refused(new BuildFailureCause.PushTooLong(Duration.ofHours(2)));
    log.followedTooLong(build(), Duration.ofHours(2));
    log.refused(new UploadRefusal.TooComplex());
    log.refused(new UploadRefusal.Unreadable());
    log.branchKept("feature", "main");
    log.branchKept("feature");
    refused(new BuildFailureCause.NotDeployBranch("main", "master"));
    log.refKept("Tag v1");
    log.refused(new RefRefusal.DeployBranchDeleted("main"));
    log.refused(new RefRefusal.Reserved("refs/platform/x"));
    log.refused(new RefRefusal.NotCommit("main"));
    log.refused(new RefRefusal.TagAsBranch("v1", "feature"));
    log.refused(new RefRefusal.NestedTag("refs/tags/t", 20));
    log.refused(new RefRefusal.Ambiguous("refs/tags/main", "main", "v1", "refs/heads/main"));
    log.refused(new RefRefusal.BlocksDeployBranch("refs/heads/main/x", "main"));
    log.refused(
        new ServerRefusal.PushReceived(build(), Duration.ofSeconds(12), Duration.ofMinutes(1)));
    log.refused(new ServerRefusal.BuildRuns(build(), Duration.ofSeconds(42)));
    log.refused(new ServerRefusal.BuildRuns(build(), Duration.ofMinutes(3)));
    buildLog.received("main", COMMIT);
    buildLog.followable();
    buildLog.forced("main", COMMIT);
    buildLog.stored(1, 6);
    buildLog.stored(5000, 37 * MIB + MIB / 3);
    for (SourceFault.Kind kind : SourceFault.Kind.values()) {
      refused(
          new BuildFailureCause.SourceFaulty(
              List.of(
                  new SourceFault.Offence(kind, List.of("vendor/lib"), 1),
                  new SourceFault.Offence(kind, List.of("a.psd", "\"caf\\351\"", "c.psd"), 1200))));
    }
    for (SourceFault.Limit limit : SourceFault.Limit.values()) {
      refused(
          new BuildFailureCause.SourceFaulty(
              List.of(new SourceFault.OverLimit(limit, MIB / 2, "some/path"))));
    }
    refused(
        new BuildFailureCause.SourceFaulty(
            List.of(
                new SourceFault.OverLimit(SourceFault.Limit.DEPTH, 256, "d/".repeat(257) + "f"))));
    buildLog.storeAway(Duration.ofMinutes(2));
    buildLog.storeBack();
    refused(new BuildFailureCause.StoreFull());
    refused(new BuildFailureCause.SourceNotStored("1m7yrs0pkggfp"));
    refused(new BuildFailureCause.DiskFull());
    refused(new BuildFailureCause.DiskNotWritable());
    refused(new BuildFailureCause.PlatformFailed("1m7yrs0pkggfp"));
    refused(new BuildFailureCause.ServerStopped());
    log.refused(new ServerRefusal.Stopping());
    log.interrupted(build());

    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(FILE, said);
    }
    assertThat(said).hasToString(Files.readString(FILE));
  }

  @Test
  void keepsToThePlainMannersOfGitClients() {
    log.waiting();
    log.waitingForInterruptedPush(Duration.ofMinutes(1));
    buildLog.received("main", COMMIT);
    buildLog.stored(1, 1);
    log.refused(new UploadRefusal.ShallowClone());

    assertThat(said.toString().lines().filter(line -> !line.isEmpty()))
        .allMatch(line ->
            line.startsWith("-----> ") || line.startsWith("       ") || line.startsWith(" !     "));
    assertThat(said).doesNotContain("\u001b");
  }

  @Test
  void tellsSizesAsPeopleDo() {
    assertThat(List.of(0L, 1023L, 1024L, 1536L, MIB, 1024 * MIB, 5L * 1024 * 1024 * MIB))
        .extracting(Quantities::size)
        .containsExactly("0 B", "1023 B", "1 KiB", "1.5 KiB", "1 MiB", "1 GiB", "5 TiB");
  }
}
