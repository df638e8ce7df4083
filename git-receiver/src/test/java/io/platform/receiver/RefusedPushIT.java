package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.app.App;
import io.platform.app.Build;
import io.platform.receiver.push.PushLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedPushIT {
  private static final int KIB = 1024;

  @TempDir Path temp;
  private Receiver receiver;
  private App app;
  private Git git;

  @BeforeEach
  void start() throws IOException {
    receiver =
        new Receiver(
            temp, new PushLimits(300 * KIB, 200 * KIB, 250 * KIB, 2, Duration.ofMinutes(1)));
    app = receiver.app("shop");
    git = Git.repository(temp, "work").remote(receiver.url(app));
  }

  @AfterEach
  void everythingIsAsBefore() throws IOException {
    assertThat(receiver.quarantined(app)).isEmpty();
    assertThat(receiver.stores.builds().unsettled()).isEmpty();
    assertThat(receiver.bare(app).run("for-each-ref", "refs/platform").text()).isEmpty();
    assertThat(receiver.bare(app).run("fsck", "--full").text())
        .doesNotContain("missing")
        .doesNotContain("error");
    receiver.close();
  }

  private void refused(String golden, String... refs) throws IOException {
    Golden.check(golden, git.push(refs).failed().text());
    assertThat(receiver.bare(app).run("for-each-ref").text()).isEmpty();
  }

  private static byte[] noise(int size) {
    byte[] noise = new byte[size];
    new Random(size).nextBytes(noise);
    return noise;
  }

  @Test
  void oneBuildAtATime() throws Exception {
    receiver.supervisor.hold();
    CompletableFuture<Git.Said> first = CompletableFuture.supplyAsync(() -> git.push("main"));
    var running = receiver.supervisor.begun();
    Git second = Git.repository(temp, "second").remote(receiver.url(app));
    second.write("other", "other").commit("Other");

    Golden.check("busy", second.push("main", "main:feature").failed().text());
    assertThat(receiver.bare(app).revision("feature")).isEqualTo(second.head());
    receiver.supervisor.release();
    first.get().succeeded();
    assertThat(receiver.latest(app).id()).isEqualTo(running);
  }

  @Test
  void submodules() throws IOException {
    git.run("update-index", "--add", "--cacheinfo", "160000," + git.head() + ",vendor/lib")
        .succeeded();
    git.run("commit", "-q", "-m", "Submodule").succeeded();
    refused("submodules", "main");
    Build build = receiver.latest(app);
    assertThat(build.status()).isEqualTo(Build.Status.FAILED);
    assertThat(build.message().orElseThrow()).startsWith("The tree has a submodule: vendor/lib");
    assertThat(receiver.objects.list("cluster/")).isEmpty();
  }

  @Test
  void lfsPointers() throws IOException {
    String pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:"
            + "ab".repeat(32)
            + "\nsize 12345\n";
    for (String name : new String[] {"a.psd", "b.psd", "c/d.psd", "e.psd"}) {
      git.write(name, pointer);
    }
    git.write(
            "about-lfs.md", "version https://git-lfs.github.com/spec/v1 is how a pointer begins\n")
        .commit("Pointers");
    refused("lfs", "main");
  }

  @Test
  void packsOverTheLimit() throws IOException {
    git.write("a", noise(150 * KIB)).write("b", noise(151 * KIB)).commit("Large");
    refused("pack-limit", "main");
    assertThat(receiver.newest(app)).isEmpty();
  }

  @Test
  void objectsOverTheLimit() throws IOException {
    git.write("a", "x".repeat(201 * KIB)).commit("Large");
    refused("object-limit", "main");
  }

  @Test
  void checkoutsOverTheLimit() throws IOException {
    git.write("a", "x".repeat(199 * KIB)).write("b", "y".repeat(199 * KIB)).commit("Large");
    refused("checkout-limit", "main");
  }

  @Test
  void shallowClones() throws IOException {
    git.write("a", "a").commit("Second");
    Git shallow = Git.at(temp, temp.resolve("shallow"));
    shallow.run("clone", "-q", "--depth=1", "file://" + git.directory(), ".").succeeded();
    shallow.remote(receiver.url(app));
    Golden.check("shallow", shallow.push("main").failed().text());

    shallow.run("fetch", "-q", "--unshallow").succeeded();
    shallow.push("main").succeeded();
  }

  @Test
  void brokenObjects() throws IOException {
    git.write(
        "../commit",
        "tree %s\nauthor nobody\ncommitter nobody\n\nBroken\n"
            .formatted(git.revision("HEAD^{tree}")));
    String broken =
        git.run("hash-object", "-t", "commit", "--literally", "-w", "../commit").succeeded().text();
    refused("broken-object", broken + ":refs/heads/main");
  }

  @Test
  void treesThatWouldWriteIntoGitDirectories() throws IOException {
    String blob = git.revision("HEAD:index.html");
    git.write("../tree", "100644 blob %s\t.git\n".formatted(blob));
    ProcessBuilder tree =
        new ProcessBuilder("git", "mktree")
            .directory(git.directory().toFile())
            .redirectInput(temp.resolve("tree").toFile());
    String id =
        new String(
                tree.start().getInputStream().readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8)
            .strip();
    String commit = git.run("commit-tree", "-m", "Bad", id).succeeded().text();
    assertThat(git.push(commit + ":refs/heads/main").failed().remote())
        .contains("invalid name '.git'");
  }

  @Test
  void whatIsNoCommit() throws IOException {
    refused(
        "no-commit",
        "HEAD:index.html:refs/heads/main"
            .replace("HEAD:index.html", git.revision("HEAD:index.html")));
  }

  @Test
  void refsOfThePlatform() throws IOException {
    refused("reserved", "main:refs/platform/builds/mine");
  }
}
