package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.domain.App;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchIT {
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
  void stop() {
    receiver.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2"})
  void clonesAndFetches(String version) throws IOException {
    for (int i = 0; i < 50; i++) {
      git.write("file-" + i, "content " + i);
    }
    git.commit("Second");
    git.push("main").succeeded();
    String protocol = "protocol.version=" + version;
    git.run("-c", protocol, "clone", "-q", receiver.url(app), "../cloned").succeeded();
    Git cloned = Git.at(temp, temp.resolve("cloned"));
    assertThat(cloned.head()).isEqualTo(git.head());
    assertThat(cloned.directory().resolve("file-49")).hasContent("content 49");

    git.write("third", "3").commit("Third");
    git.push("main").succeeded();
    cloned.run("-c", protocol, "pull", "-q").succeeded();
    assertThat(cloned.head()).isEqualTo(git.head());
  }

  /** More than a repository may have now, as an older one may. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "2"})
  void listsTwentyThousandRefs(String version) throws IOException {
    git.push("main").succeeded();
    packTags(20_000);
    assertThat(
            git.run("-c", "protocol.version=" + version, "ls-remote", "--tags", "platform").text())
        .hasLineCount(20_000);
  }

  /** Git asks for a commit once for each of its tags. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "2"})
  void clonesManyTagsOfOneCommit(String version) throws IOException {
    git.push("main").succeeded();
    packTags(9_000);
    git.run("-c", "protocol.version=" + version, "clone", "-q", receiver.url(app), "../cloned")
        .succeeded();
    Git cloned = Git.at(temp, temp.resolve("cloned"));
    assertThat(cloned.run("tag").succeeded().text()).hasLineCount(9_000);
  }

  /** Under the lock that git takes, too: the server may pack its refs at any time. */
  private void packTags(int count) throws IOException {
    String head = git.head();
    String tags =
        IntStream.range(0, count)
            .mapToObj(i -> "%s refs/tags/v%05d\n".formatted(head, i))
            .collect(Collectors.joining());
    Path packed = receiver.gitDir(app).resolve("packed-refs");
    Path lock = locked(receiver.gitDir(app).resolve("packed-refs.lock"));
    String before =
        Files.exists(packed)
            ? Files.readString(packed)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line + "\n")
                .collect(Collectors.joining())
            : "";
    Files.writeString(lock, "# pack-refs with: peeled fully-peeled \n" + before + tags);
    Files.move(lock, packed, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path locked(Path lock) {
    return await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(30))
        .ignoreException(FileAlreadyExistsException.class)
        .until(() -> Files.createFile(lock), Files::exists);
  }

  @Test
  void speaksVersionTwo() throws IOException {
    git.push("main").succeeded();
    ProcessBuilder trace =
        new ProcessBuilder("git", "ls-remote", receiver.url(app))
            .directory(git.directory().toFile())
            .redirectErrorStream(true);
    trace.environment().put("GIT_TRACE_PACKET", "1");
    assertThat(
            new String(
                trace.start().getInputStream().readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8))
        .contains("version 2")
        .contains("command=ls-refs");
  }

  @Test
  void clonesWhatIsEmptyOrShallow() throws IOException {
    assertThat(git.run("clone", receiver.url(app), "../empty").succeeded().text())
        .contains("empty repository");
    git.write("a", "a").commit("Second");
    git.push("main").succeeded();
    git.run("clone", "-q", "--depth=1", receiver.url(app), "../shallow").succeeded();
    assertThat(Files.exists(temp.resolve("shallow/.git/shallow"))).isTrue();
  }

  @Test
  void hidesTheBuildsRefs() throws Exception {
    receiver.supervisor.hold();
    CompletableFuture<Git.Said> push = CompletableFuture.supplyAsync(() -> git.push("main"));
    receiver.supervisor.begun();
    assertThat(receiver.bare(app).run("for-each-ref").text()).contains("refs/platform/builds/");

    assertThat(git.run("ls-remote", "platform").succeeded().text()).isEmpty();
    // Git asks for nothing that it has.
    Git stranger = Git.at(temp, temp.resolve("stranger"));
    stranger.run("init", "-q").succeeded();
    for (String version : new String[] {"0", "2"}) {
      stranger
          .run("-c", "protocol.version=" + version, "fetch", receiver.url(app), git.head())
          .failed();
    }
    receiver.supervisor.release();
    push.get().succeeded();
    assertThat(git.run("ls-remote", "platform").succeeded().text())
        .isEqualTo("%s\tHEAD\n%s\trefs/heads/main".formatted(git.head(), git.head()));
  }
}
