package io.platform.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.BuilderNotice;
import io.platform.domain.ExitDetail;
import io.platform.domain.RolloutNotice;
import io.platform.domain.StartDelay;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProgressMessagesTest {
  private static final ExitDetail NONE = new ExitDetail.Unknown();

  @Test
  void wordsWhatIsSeenOfABuilder() {
    assertThat(ProgressMessages.of(new BuilderNotice.Queued(1)))
        .isEqualTo("Waiting for another build to finish");
    assertThat(ProgressMessages.of(new BuilderNotice.Queued(2)))
        .isEqualTo("Waiting for another build to finish (2 run at a time)");
    assertThat(ProgressMessages.of(new BuilderNotice.Scheduled("build-1", "node-1")))
        .isEqualTo("Pod build-1 starts on node node-1");
  }

  @Test
  void wordsWhatIsSeenOfARollout() {
    assertThat(ProgressMessages.of(new RolloutNotice.NoWeb(true)))
        .isEqualTo("There is no process type `web`, so the app's URL does not answer");
    assertThat(ProgressMessages.of(new RolloutNotice.Starting("web", 1, "node app.js")))
        .isEqualTo("Starting process with command `node app.js`");
    assertThat(ProgressMessages.of(new RolloutNotice.Starting("worker", 3, "./work")))
        .isEqualTo("Starting 3 worker processes with command `./work`");
    assertThat(
            ProgressMessages.of(
                new RolloutNotice.ListensElsewhere("web.1", 3000, 28514, Duration.ofMinutes(1))))
        .isEqualTo(
            "web.1 listens on port 3000, but not on 28514, which is the port in its environment variable PORT. It has 1 min for that");
    assertThat(ProgressMessages.of(new RolloutNotice.Up(Duration.ofMillis(1500))))
        .isEqualTo("State changed from starting to up after 1.5 s");
    assertThat(ProgressMessages.of(new RolloutNotice.PodReady("shop-1", 3, 2)))
        .isEqualTo("shop-1: up (2 of 2)");
    assertThat(ProgressMessages.of(new RolloutNotice.PodCrashed("shop-1", 1, NONE)))
        .isEqualTo("shop-1: the process exited with code 1; Kubernetes starts it again");
    assertThat(
            ProgressMessages.of(
                new RolloutNotice.PodDelayed("shop-1", new StartDelay.NoRoom("0/3 nodes"))))
        .isEqualTo("shop-1: Waiting for room in the cluster: 0/3 nodes");
    assertThat(
            ProgressMessages.of(
                new RolloutNotice.PodsDelayed(new StartDelay.PodRefused("denied by policy"))))
        .isEqualTo("Kubernetes refuses to make a pod, and tries again: denied by policy");
    assertThat(ProgressMessages.of(new StartDelay.ApiUnavailable()))
        .isEqualTo("Waiting for Kubernetes: its API server cannot be reached, or reports an error");
    assertThat(ProgressMessages.of(new StartDelay.StartFails("no such volume")))
        .isEqualTo("Kubernetes cannot start the pod yet: no such volume. It tries again");
  }
}
