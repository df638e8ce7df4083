package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushIT {
  @TempDir Path temp;
  private TestReceiver receiver;
  private App app;
  private Git git;

  @BeforeEach
  void start() throws IOException {
    receiver = TestReceiver.start(temp);
    app = receiver.app("shop");
    git = Git.repository(temp, "work").remote(receiver.url(app));
  }

  @AfterEach
  void stop() throws IOException {
    assertThat(
            receiver.fsck(app).text().replace("notice: HEAD points to an unborn branch (main)", ""))
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
    assertThat(
            receiver.objects.stat(build.source().orElseThrow().object().key()).orElseThrow().size())
        .isEqualTo(build.source().orElseThrow().object().size());
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
  void deploysTheCommitOfATag() throws IOException {
    git.push("main").succeeded();
    git.write("a", "a").commit("Second");
    git.run("tag", "-a", "-m", "one", "v1").succeeded();
    git.run("tag", "-a", "-m", "of a tag", "v1-signed", "v1").succeeded();
    Git.Said said = git.push("v1-signed:main").succeeded();
    assertThat(said.remote())
        .contains("Received main at " + git.head().substring(0, 7))
        .doesNotContain("Forced");
    assertThat(ref("refs/heads/main")).isEqualTo(git.head());
    assertThat(ref("refs/tags")).isEmpty();

    git.run("reset", "-q", "--hard", "HEAD~1").succeeded();
    git.write("b", "b").commit("Other second");
    git.run("tag", "-a", "-m", "two", "v2").succeeded();
    assertThat(git.push("+v2:main").succeeded().remote()).contains("Forced: main was");
    assertThat(ref("refs/heads/main")).isEqualTo(git.head());
  }

  @Test
  void deploysATagAsTheFirstPushWhereTheBranchIsWrittenInFull() throws IOException {
    git.run("tag", "-a", "-m", "one", "v1").succeeded();
    git.push("v1:refs/heads/main").succeeded();
    assertThat(ref("refs/heads/main")).isEqualTo(git.head());
  }

  @Test
  void removesWhatCollidesWithTheDeployBranchButTakesNoMore() throws IOException {
    git.push("main").succeeded();
    receiver.bare(app).run("update-ref", "refs/tags/main", git.head()).succeeded();
    git.push(":refs/tags/main").succeeded();
    assertThat(ref("refs/tags")).isEmpty();
    git.push("main:refs/tags/main").failed();
    assertThat(ref("refs/tags")).isEmpty();
  }

  @Test
  void takesShallowPushesWhoseParentsTheServerHas() throws IOException {
    git.write("a", "a").commit("Second");
    git.push("main").succeeded();
    git.run("clone", "-q", "--depth=1", "file://" + git.directory(), "../shallow").succeeded();
    Git shallow = Git.at(temp, temp.resolve("shallow")).remote(receiver.url(app));
    shallow.write("b", "b").commit("Third");
    shallow.push("main").succeeded();
    assertThat(ref("refs/heads/main")).isEqualTo(shallow.head());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/acme/shop", "/acme/shop/", "/acme/shop.git/", "//acme//shop.git//"})
  void takesRemotesAsPeopleWriteThem(String path) throws IOException {
    String url = receiver.url(app).replaceFirst("/acme/shop.git$", path);
    git.run("push", url, "main").succeeded();
    git.run("ls-remote", url).succeeded();
    git.run("clone", "-q", url, "../cloned").succeeded();
  }

  @Test
  void saysTheAddressOfRemotesWhereSomethingElseIsWritten() {
    for (String path : new String[] {"/shop.git", "/a/acme/shop.git", ""}) {
      String url = receiver.url(app).replaceFirst("/acme/shop.git$", path);
      assertThat(git.run("push", url, "main").failed().remote())
          .contains("The git remote of an app is   http://localhost:8080/<namespace>/<app>.git");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "2"})
  void saysWhatIsWrongWithARepositoryOfSha256(String version) throws IOException {
    git.push("main").succeeded();
    Git other = Git.at(temp, temp.resolve("sha256"));
    other.run("init", "-q", "-b", "main", "--object-format=sha256").succeeded();
    other.write("a", "a").commit("First").remote(receiver.url(app));
    String protocol = "protocol.version=" + version;
    assertThat(other.run("-c", protocol, "push", "platform", "main").failed().text())
        .contains("the receiving end does not support this repository's hash algorithm");
    assertThat(other.run("-c", protocol, "fetch", "platform").failed().text())
        .containsPattern(
            "mismatched algorithms: client sha256; server sha1"
                + "|Server does not support this repository's object format");
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
    assertThat(receiver.latest(app).status()).isEqualTo(BuildStatus.FAILED);
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
    assertThat(failed.status()).isEqualTo(BuildStatus.FAILED);
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
    assertThat(receiver.fsck(second).succeeded().text()).isEmpty();
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
    try (RawGit raw = new RawGit(receiver, TestReceiver.TOKEN)) {
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
