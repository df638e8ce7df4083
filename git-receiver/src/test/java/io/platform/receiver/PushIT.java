package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.app.App;
import io.platform.app.Build;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushIT {
  @TempDir Path temp;
  private Receiver receiver;
  private App app;
  private Git git;

  @BeforeEach
  void start() throws IOException {
    receiver = Receiver.start(temp);
    app = receiver.app("shop");
    git = Git.repository(temp, "work").remote(receiver.url(app));
  }

  @AfterEach
  void stop() throws IOException {
    assertThat(
            receiver
                .bare(app)
                .run("fsck", "--full", "--strict")
                .text()
                .replace("notice: HEAD points to an unborn branch (main)", ""))
        .doesNotContain("error")
        .doesNotContain("missing");
    assertThat(receiver.quarantined(app)).isEmpty();
    receiver.close();
  }

  private String ref(String name) throws IOException {
    return receiver.bare(app).run("for-each-ref", "--format=%(objectname)", name).text();
  }

  @Test
  void deploysTheFirstPushOfMain() throws IOException {
    Golden.check("first-push", git.push("main").succeeded().text());

    Build build = receiver.latest(app);
    assertThat(build.outcome().orElseThrow().deployed()).isTrue();
    assertThat(receiver.objects.stat(build.source().orElseThrow().key()).orElseThrow().size())
        .isEqualTo(build.source().orElseThrow().size());
    assertThat(ref("refs/heads/main")).isEqualTo(git.head());
    assertThat(ref("refs/platform")).isEmpty();
    Golden.check("first-push-log", receiver.log(build));
  }

  @Test
  void buildsMasterWhereItIsPushedFirst() throws IOException {
    git.push("main:master").succeeded();
    Golden.check("main-after-master", git.push("main").succeeded().text());

    assertThat(receiver.stores.apps().find(app.id()).orElseThrow().deployBranch())
        .contains("refs/heads/master");
    assertThat(receiver.stores.builds().list(app.id(), 9)).hasSize(1);
    assertThat(receiver.bare(app).run("symbolic-ref", "HEAD").text())
        .isEqualTo("refs/heads/master");
  }

  @Test
  void buildsTheBranchThatTheAppNames() throws IOException {
    App named = receiver.app("named", Optional.of("refs/heads/live"));
    git.run("remote", "set-url", "platform", receiver.url(named)).succeeded();

    git.push("main").succeeded();
    assertThat(receiver.newest(named)).isEmpty();
    git.push("main:live").succeeded();
    assertThat(receiver.latest(named).outcome().orElseThrow().deployed()).isTrue();
  }

  @Test
  void keepsOtherBranchesAndTags() throws IOException {
    git.run("tag", "v1").succeeded();
    git.run("tag", "-a", "-m", "two", "v2").succeeded();
    Golden.check(
        "kept", git.push("main:feature/a", "v1", "v2", "main:refs/notes/x").succeeded().text());

    assertThat(receiver.newest(app)).isEmpty();
    assertThat(ref("refs/heads/feature/a")).isEqualTo(git.head());
    assertThat(ref("refs/tags/v2")).isEqualTo(git.revision("v2"));
  }

  @Test
  void deletesOtherBranchesButNotTheDeployBranch() throws IOException {
    git.push("main", "main:feature").succeeded();
    Golden.check("deletes", git.push(":feature", ":main").failed().text());

    assertThat(ref("refs/heads/feature")).isEmpty();
    assertThat(ref("refs/heads/main")).isEqualTo(git.head());
  }

  @Test
  void deploysForcedPushes() throws IOException {
    git.write("a", "a").commit("Second");
    git.push("main").succeeded();
    git.run("reset", "-q", "--hard", "HEAD~1").succeeded();
    git.write("b", "b").commit("Other second");
    git.push("main").failed();
    Golden.check("forced", git.push("+main").succeeded().text());

    assertThat(ref("refs/heads/main")).isEqualTo(git.head());
  }

  @Test
  void landsGoodRefsThoughTheBuildFails() throws IOException {
    receiver.supervisor.fail();
    Golden.check("failed-build", git.push("main", "main:feature").failed().text());

    assertThat(ref("refs/heads/feature")).isEqualTo(git.head());
    assertThat(ref("refs/heads/main")).isEmpty();
    assertThat(ref("refs/platform")).isEmpty();
    assertThat(receiver.latest(app).status()).isEqualTo(Build.Status.FAILED);
  }

  @Test
  void saysWhenNothingIsNew() {
    git.push("main").succeeded();

    assertThat(git.push("main").succeeded().text()).isEqualTo("Everything up-to-date");
    assertThat(receiver.stores.builds().list(app.id(), 9)).hasSize(1);
  }

  @Test
  void takesTheSameCommitAgainAfterAFailedBuild() throws IOException {
    receiver.supervisor.breakDown();
    Golden.check("broken-supervisor", git.push("main").failed().text());
    Build failed = receiver.latest(app);
    assertThat(failed.status()).isEqualTo(Build.Status.FAILED);
    assertThat(failed.settled()).isTrue();
    receiver.supervisor.mend();

    git.push("main").succeeded();
    assertThat(ref("refs/heads/main")).isEqualTo(git.head());
  }

  @Test
  void takesTenPushesInARowOnTwoAppsAtOnce() throws IOException {
    App second = receiver.app("second");
    Git other = Git.repository(temp, "other").remote(receiver.url(second));
    CompletableFuture<Void> there = CompletableFuture.runAsync(() -> pushTenTimes(other));
    pushTenTimes(git);
    there.join();

    assertThat(receiver.stores.builds().list(app.id(), 99)).hasSize(10);
    assertThat(receiver.stores.builds().list(second.id(), 99)).hasSize(10);
    assertThat(receiver.bare(second).run("fsck", "--full").succeeded().text()).isEmpty();
  }

  private static void pushTenTimes(Git git) {
    for (int i = 0; i < 10; i++) {
      git.run("commit", "-q", "--allow-empty", "-m", "Number " + i).succeeded();
      git.push("main").succeeded();
    }
  }

  @Test
  void takesChunkedBodies() throws IOException {
    byte[] noise = new byte[300_000];
    new Random(1).nextBytes(noise);
    git.write("noise", noise).commit("Noise");

    git.run("-c", "http.postBuffer=1000", "push", "platform", "main").succeeded();
    assertThat(ref("refs/heads/main")).isEqualTo(git.head());
  }

  @Test
  void takesCompressedBodies() throws IOException, InterruptedException {
    try (RawGit raw = new RawGit(receiver, Receiver.TOKEN)) {
      byte[] body = RawGit.gzip(RawGit.body(git, "refs/heads/main", git.head()));
      assertThat(raw.push("/acme/shop.git", RawGit.bytes(body), "Content-Encoding", "gzip").body())
          .contains("unpack ok")
          .contains("ok refs/heads/main");
    }
    assertThat(ref("refs/heads/main")).isEqualTo(git.head());
  }

  @Test
  void takesPushOptionsAndRefusesToBeAtomic() {
    assertThat(git.run("push", "--atomic", "platform", "main").failed().text())
        .contains("the receiving end does not support --atomic push");
    git.run("push", "-o", "anything=1", "platform", "main").succeeded();
  }
}
