package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options of git's own commands. */
class GitClientsIT {
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
    assertThat(receiver.fsck(app).text()).doesNotContain("missing").doesNotContain("error");
    assertThat(receiver.quarantined(app)).isEmpty();
    receiver.close();
  }

  private String refs() throws IOException {
    return receiver.bare(app).run("for-each-ref", "--format=%(refname)").succeeded().text();
  }

  @Test
  void mirrors() throws IOException {
    git.run("tag", "-a", "-m", "one", "v1").succeeded();
    git.run("branch", "feature").succeeded();
    git.run("notes", "add", "-m", "note").succeeded();
    git.run("update-ref", "refs/remotes/origin/main", "HEAD").succeeded();
    git.run("update-ref", "refs/meta/config", "HEAD").succeeded();
    git.run("push", "--mirror", receiver.url(app)).succeeded();
    assertThat(refs().lines())
        .containsExactly(
            "refs/heads/feature",
            "refs/heads/main",
            "refs/meta/config",
            "refs/notes/commits",
            "refs/remotes/origin/main",
            "refs/tags/v1");

    git.run("branch", "-D", "feature").succeeded();
    git.run("push", "--mirror", receiver.url(app)).succeeded();
    assertThat(refs()).doesNotContain("feature");
    git.run("checkout", "-q", "-b", "other").succeeded();
    git.run("branch", "-D", "main").succeeded();
    assertThat(git.run("push", "--mirror", receiver.url(app)).failed().remote())
        .contains("main")
        .contains("cannot be deleted");
    assertThat(refs()).contains("refs/heads/main", "refs/heads/other");
  }

  @Test
  void pushesAllBranchesAndTags() throws IOException {
    git.run("tag", "v1").succeeded();
    git.run("branch", "feature").succeeded();
    git.run("push", "--all", "platform").succeeded();
    git.run("push", "--tags", "platform").succeeded();
    assertThat(refs().lines())
        .containsExactly("refs/heads/feature", "refs/heads/main", "refs/tags/v1");
    git.run("push", "platform", "--delete", "v1", "feature").succeeded();
    assertThat(refs()).isEqualTo("refs/heads/main");
  }

  @Test
  void leases() throws IOException {
    git.run("push", "-u", "platform", "main").succeeded();
    git.run("commit", "-q", "--amend", "-m", "Amended").succeeded();
    assertThat(
            git.run("push", "--force-with-lease=main:" + "1".repeat(40), "platform", "main")
                .failed()
                .text())
        .contains("stale info");
    git.run("push", "--force-with-lease", "platform", "main").succeeded();
    assertThat(receiver.bare(app).revision("main")).isEqualTo(git.head());
  }

  @Test
  void signsOnlyWhereAskedTo() {
    git.run("push", "--signed=if-asked", "platform", "main").succeeded();
    assertThat(git.run("push", "--signed", "platform", "main:x").failed().text())
        .contains("the receiving end does not support --signed push");
  }

  @Test
  void clonesPartiallyAsAWhole() throws IOException {
    git.push("main").succeeded();
    assertThat(
            git.run("clone", "--filter=blob:none", receiver.url(app), "../partial")
                .succeeded()
                .text())
        .contains("filtering not recognized by server, ignoring");
    assertThat(Git.at(temp, temp.resolve("partial")).head()).isEqualTo(git.head());
  }

  @Test
  void takesLargeBuffersAndEachVersionOfTheProtocol() throws IOException {
    for (String version : new String[] {"0", "1", "2"}) {
      git.commit("For version " + version);
      git.run("-c", "protocol.version=" + version, "push", "platform", "main").succeeded();
      git.run("-c", "protocol.version=" + version, "ls-remote", "platform").succeeded();
      git.run(
              "-c",
              "protocol.version=" + version,
              "clone",
              "-q",
              "--depth=1",
              receiver.url(app),
              "../clone-" + version)
          .succeeded();
    }
    git.commit("Large buffer");
    git.run("-c", "http.postBuffer=524288000", "push", "platform", "main").succeeded();
  }

  @Test
  void takesOtherBranchesWhileABuildRuns() throws Exception {
    receiver.supervisor.hold();
    CompletableFuture<Git.Said> first = CompletableFuture.supplyAsync(() -> git.push("main"));
    receiver.supervisor.begun();
    Git second = Git.repository(temp, "second").remote(receiver.url(app));
    second.write("b", "b").commit("Second");
    second.push("main:feature").succeeded();
    second.push("main:refs/notes/x").succeeded();
    receiver.supervisor.release();
    first.get().succeeded();
    assertThat(refs().lines())
        .containsExactly("refs/heads/feature", "refs/heads/main", "refs/notes/x");
  }
}
