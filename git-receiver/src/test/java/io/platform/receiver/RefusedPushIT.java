package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildStatus;
import io.platform.domain.SourceFault;
import io.platform.failure.FailureMessages;
import io.platform.git.pack.PackLimits;
import io.platform.git.push.PushLimits;
import io.platform.git.push.PushTimes;
import io.platform.git.push.RefLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedPushIT {
  private static final int KIB = 1024;

  @TempDir Path temp;
  private TestReceiver receiver;
  private App app;
  private Git git;

  @BeforeEach
  void start() throws IOException {
    receiver =
        new TestReceiver(
            temp, new PushLimits(300 * KIB, 200 * KIB, 250 * KIB, 2, Duration.ofMinutes(1)));
    app = receiver.app("shop");
    git = Git.repository(temp, "work").remote(receiver.url(app));
  }

  @AfterEach
  void everythingIsAsBefore() throws IOException {
    assertThat(receiver.quarantined(app)).isEmpty();
    assertThat(receiver.stores.builds().unsettled()).isEmpty();
    assertThat(receiver.bare(app).run("for-each-ref", "refs/platform").text()).isEmpty();
    assertThat(receiver.fsck(app).text()).doesNotContain("missing").doesNotContain("error");
    receiver.close();
  }

  /** What a push leaves must not be there either when it is refused. */
  private void refused(String golden, String... refs) throws IOException {
    Golden.check(golden, git.push(refs).failed().text());
    assertThat(receiver.bare(app).run("for-each-ref").text()).isEmpty();
    assertThat(receiver.packs(app)).isEmpty();
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
    assertThat(build.status()).isEqualTo(BuildStatus.FAILED);
    assertThat(build.failure())
        .contains(
            new BuildFailureCause.SourceFaulty(
                List.of(
                    new SourceFault.Offence(
                        SourceFault.Kind.SUBMODULE, List.of("vendor/lib"), 1))));
    assertThat(build.failure().map(FailureMessages::of).orElseThrow())
        .startsWith("The tree has a submodule: vendor/lib");
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
  void namesAllThatIsWrongWithATree() throws IOException {
    Files.createSymbolicLink(git.directory().resolve("Procfile"), Path.of("../Procfile"));
    Files.createSymbolicLink(git.directory().resolve("package.json"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(git.directory().resolve("python"), Path.of("/usr/bin/python3"));
    git.run("add", "-A").succeeded();
    git.run("update-index", "--add", "--cacheinfo", "160000," + git.head() + ",vendor/lib")
        .succeeded();
    git.run("commit", "-q", "-m", "Faults").succeeded();

    assertThat(git.push("main").failed().remote())
        .contains("target outside the repository: Procfile, package.json")
        .contains("The tree has a submodule: vendor/lib")
        .doesNotContain("python");
  }

  @Test
  void treesThatSharePartsTenBillionTimes() throws IOException {
    git.write("../empty", "");
    String id = git.run("hash-object", "-w", "../empty").succeeded().text();
    for (int level = 0; level < 10; level++) {
      StringBuilder entries = new StringBuilder();
      for (int i = 0; i < 10; i++) {
        entries.append(level == 0 ? "100644 blob " : "040000 tree ").append(id);
        entries.append("\t").append(i).append("\n");
      }
      id = tree(entries.toString());
    }
    String commit = git.run("commit-tree", "-m", "Bomb", id).succeeded().text();

    assertThat(git.push(commit + ":refs/heads/main").failed().remote())
        .contains("The pushed tree has more than 250,000 files and directories");
  }

  private String tree(String entries) throws IOException {
    git.write("../tree", entries);
    Process tree =
        new ProcessBuilder("git", "mktree")
            .directory(git.directory().toFile())
            .redirectInput(temp.resolve("tree").toFile())
            .start();
    return new String(tree.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
        .strip();
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
    assertThat(git.push(commitWith("100644", "", ".git") + ":refs/heads/main").failed().remote())
        .contains("which git itself refuses: .git");
  }

  /** The commit of a tree with one more entry, and the given path to it. */
  private String commitWith(String mode, String directory, String name) throws IOException {
    String tree = mktree("%s blob %s\t%s".formatted(mode, git.revision("HEAD:index.html"), name));
    if (!directory.isEmpty()) {
      tree = mktree("040000 tree %s\t%s".formatted(tree, directory));
    }
    return git.run("commit-tree", "-m", "Bad", tree).succeeded().text();
  }

  private String mktree(String entry) throws IOException {
    git.write("../tree", entry + "\0");
    Process tree =
        new ProcessBuilder("git", "mktree", "-z")
            .directory(git.directory().toFile())
            .redirectInput(temp.resolve("tree").toFile())
            .start();
    return new String(tree.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  @Test
  void namesThatAreGitToOtherFileSystems() throws IOException {
    String commit = commitWith("100644", "src", ".g\u200cit");
    refused("names", commit + ":refs/heads/main");
    for (String name : List.of("GIT~1", ".git::$INDEX_ALLOCATION", ".git. .", "a\\.GIT")) {
      assertThat(
              git.push(commitWith("100644", "deep", name) + ":refs/heads/main").failed().remote())
          .contains("which git itself refuses: deep/" + name);
    }
    assertThat(
            git.push(commitWith("120000", "", ".gitmodules ") + ":refs/heads/x").failed().remote())
        .contains("which git itself refuses: .gitmodules");
    // Refused for an old commit, though the tip has no such name any more.
    String clean = git.revision("HEAD^{tree}");
    String later = git.run("commit-tree", "-m", "Later", "-p", commit, clean).succeeded().text();
    assertThat(git.push(later + ":refs/heads/main").failed().remote()).contains("src/.g\\u200cit");
  }

  @Test
  void namesThatAreOnlyUnusualAreTaken() throws IOException {
    for (String name : List.of("aux", "a:b", "dev-disk-by\\x2dlabel.device", "end.")) {
      git.push("+" + commitWith("100644", "", name) + ":refs/heads/x").succeeded();
    }
  }

  @Test
  void tagsAndBranchesThatClientsWouldTakeForTheDeployBranch() throws IOException {
    git.run("tag", "-a", "-m", "one", "v1").succeeded();
    // Without the branch git makes a tag of it: refs/tags/main.
    refused("ambiguous-tag", "v1:main");
    for (String ref :
        List.of("refs/heads/heads/main", "refs/heads/refs/heads/main", "refs/tags/master")) {
      assertThat(git.push("main:" + ref).failed().remote()).contains(ref + " was not stored");
    }
    assertThat(git.push("main:refs/heads/main/x").failed().remote())
        .contains("git cannot have it and the deploy branch main at the same time");
    git.push("main").succeeded();
    assertThat(git.push("v1:refs/heads/feature").failed().remote())
        .contains("git push platform v1^{}:refs/heads/feature");
  }

  @Test
  void tagsOfTagsWithoutEnd() throws IOException {
    git.run("tag", "-a", "-m", "one", "t1").succeeded();
    for (int i = 2; i <= 21; i++) {
      git.run("tag", "-a", "-m", "more", "t" + i, "t" + (i - 1)).succeeded();
    }
    git.push("t20").succeeded();
    assertThat(git.push("t21").failed().remote())
        .contains("refs/tags/t21 was not stored: it is a tag of a tag of a tag");
  }

  @Test
  void moreObjectsThanARepositoryMayHave() throws IOException {
    receiver.close();
    receiver =
        new TestReceiver(
            temp, PushLimits.defaults(), PackLimits.defaults().withTotals(10, Long.MAX_VALUE));
    git.run("remote", "set-url", "platform", receiver.url(app)).succeeded();
    git.push("HEAD:refs/heads/feature").succeeded();
    for (int i = 0; i < 6; i++) {
      git.write("file", "content " + i).commit("Change " + i);
      git.push("HEAD:refs/heads/feature").succeeded();
    }
    git.write("file", "more").commit("Change");
    assertThat(git.push("HEAD:refs/heads/feature").failed().text())
        .contains("this platform takes no more for one that has more than 20");
    git.push(":refs/heads/feature").succeeded();
  }

  @Test
  void moreRefsThanOnePushMayChange() throws IOException {
    receiver.close();
    receiver =
        new TestReceiver(temp, PushLimits.defaults().with(RefLimits.defaults().withRefs(20, 30)));
    git.run("remote", "set-url", "platform", receiver.url(app)).succeeded();
    for (int i = 0; i < 21; i++) {
      git.run("branch", "b" + i).succeeded();
    }
    assertThat(git.push("refs/heads/b*").failed().text())
        .contains("remote: The push changes more than 20 refs");
    assertThat(receiver.bare(app).run("for-each-ref").text()).isEmpty();

    git.push("refs/heads/b1*").succeeded();
    assertThat(git.push("refs/heads/b*:refs/heads/c*").failed().text())
        .contains("The push changes more than 20 refs");
    git.push("refs/heads/b1*:refs/heads/c1*").succeeded();
    assertThat(git.push("refs/heads/b1*:refs/heads/d1*").failed().text())
        .contains("remote: The push would leave this repository with 33 refs")
        .contains("keeps 30 in one");
  }

  @Test
  void sourcesThatTheStoreDoesNotTakeLeaveNothing() throws IOException {
    Path objects = temp.resolve("objects");
    Files.move(objects, temp.resolve("away"));
    Files.writeString(objects, "no directory");
    refused("not-stored", "main");
    assertThat(receiver.packs(app)).isEmpty();

    Files.delete(objects);
    Files.move(temp.resolve("away"), objects);
    git.push("main").succeeded();
  }

  /** The database refuses the build's row with what the system says of a broken disk. */
  @Test
  void pushesToADatabaseThatTakesNoWrites() throws Exception {
    database(
        "CREATE TRIGGER refuse BEFORE INSERT ON build BEGIN SELECT raise(ABORT, 'Input/output error'); END");
    assertThat(git.push("main").failed().remote())
        .contains("the server's disk fails or is read-only")
        .contains("Contact your administrator to make it writable, then push again");

    database("DROP TRIGGER refuse");
    git.push("main").succeeded();
  }

  /** Not even the build's end can be written: it is, as soon as the database takes writes again. */
  @Test
  void pushesWhoseBuildCannotBeAcceptedNorEnded() throws Exception {
    database(
        "CREATE TRIGGER refuse BEFORE UPDATE ON build BEGIN SELECT raise(ABORT, 'Input/output error'); END");
    assertThat(git.push("main").failed().remote())
        .contains("the server's disk fails or is read-only");
    Build build = receiver.latest(app);
    assertThat(build.status()).isEqualTo(BuildStatus.RECEIVING);

    database("DROP TRIGGER refuse");
    assertThat(receiver.awaitEnd(build.id()))
        .endsWith("Contact your administrator to make it writable, then push again.\n");
    assertThat(receiver.latest(app).status()).isEqualTo(BuildStatus.FAILED);
    git.push("main").succeeded();
  }

  private void database(String statement) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + temp.resolve("platform.db"))) {
      connection.createStatement().execute(statement);
    }
  }

  @Test
  void pushesThatTakeTooLong() throws Exception {
    receiver.close();
    receiver =
        new TestReceiver(
            temp,
            PushLimits.defaults().with(new PushTimes(Duration.ofSeconds(4), Duration.ZERO, 1024)));
    git.run("remote", "set-url", "platform", receiver.url(app)).succeeded();
    receiver.supervisor.hold();
    Git.Said said = git.push("main").failed();
    assertThat(said.remote()).contains("This push has taken 4 s").contains("the build goes on");
    receiver.supervisor.release();
    assertThat(receiver.awaitEnd(receiver.latest(app).id())).contains("Released");
    assertThat(receiver.bare(app).revision("main")).isEqualTo(git.head());
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
