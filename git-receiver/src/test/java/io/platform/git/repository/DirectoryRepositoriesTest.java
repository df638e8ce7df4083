package io.platform.git.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.domain.BuildId;
import io.platform.domain.Origin;
import io.platform.domain.port.AppLocks;
import io.platform.git.repository.Repositories.MoveResult;
import io.platform.persistence.database.InProcessAppLocks;
import io.platform.support.AppBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryRepositoriesTest {
  private static final String NONE = "0".repeat(40);
  private static final String MAIN = "refs/heads/main";
  private static final BuildId BUILD = new BuildId("build1");

  @TempDir Path temp;
  private final AppLocks locks = new InProcessAppLocks();
  private DirectoryRepositories repositories;
  private App app;

  @BeforeEach
  void start() throws IOException {
    repositories = new DirectoryRepositories(temp, "cluster", locks);
    app = app(Optional.empty());
  }

  @AfterEach
  void stop() {
    repositories.close();
  }

  private static App app(Optional<String> branch) {
    return AppBuilder.of("app", "customer", "acme", "shop")
        .deployBranch(branch)
        .host("shop.localhost")
        .build();
  }

  private Path gitDir() {
    return temp.resolve("cluster/customer/acme/shop.git");
  }

  /** Receives a commit of one file, as loose objects. */
  private String receive(String content, boolean promoted) throws IOException {
    try (Quarantine quarantine = repositories.receive(app);
        ObjectInserter inserter = quarantine.repository().newObjectInserter()) {
      ObjectId blob = inserter.insert(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8));
      TreeFormatter tree = new TreeFormatter();
      tree.append("file", org.eclipse.jgit.lib.FileMode.REGULAR_FILE, blob);
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(inserter.insert(tree));
      commit.setAuthor(
          new PersonIdent("Ada", "ada@example.com", Instant.EPOCH, java.time.ZoneOffset.UTC));
      commit.setCommitter(commit.getAuthor());
      commit.setMessage(content);
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      if (promoted) {
        quarantine.promote();
        quarantine.promote();
      }
      return id.name();
    }
  }

  private boolean has(String commit) throws IOException {
    try (Repository repository = repositories.open(app)) {
      return repository.getObjectDatabase().has(ObjectId.fromString(commit));
    }
  }

  private MoveResult move(String from, String to) throws IOException {
    return repositories.move(app, new Origin.Push(MAIN, from, to, "ada@example.com"));
  }

  @Test
  void forgetsWhatIsNotPromoted() throws IOException {
    assertThat(has(receive("refused", false))).isFalse();
    assertThat(has(receive("accepted", true))).isTrue();
    assertThat(gitDir().resolve("quarantine")).isEmptyDirectory();
  }

  @Test
  void movesByCompareAndSet() throws IOException {
    String first = receive("first", true);
    String second = receive("second", true);

    assertThat(move(NONE, first)).isEqualTo(new MoveResult.Moved());
    assertThat(move(NONE, first)).isEqualTo(new MoveResult.Moved());
    assertThat(move(NONE, second)).isInstanceOf(MoveResult.Conflict.class);
    assertThat(move(first, second)).isEqualTo(new MoveResult.Moved());
    try (Repository repository = repositories.open(app)) {
      assertThat(repository.resolve(MAIN)).isEqualTo(ObjectId.fromString(second));
    }
  }

  @Test
  void pointsHeadToTheDeployBranch() throws IOException {
    repositories.open(app(Optional.of("refs/heads/live"))).close();
    assertThat(gitDir().resolve("HEAD")).hasContent("ref: refs/heads/live\n");
    move(NONE, receive("first", true));
    assertThat(gitDir().resolve("HEAD")).hasContent("ref: refs/heads/main\n");
  }

  @Test
  void pinsAgainAndAgain() throws IOException {
    String commit = receive("first", true);
    repositories.pin(app, BUILD, commit);
    repositories.pin(app, BUILD, commit);
    assertThat(gitDir().resolve("refs/platform/builds/build1")).hasContent(commit);
    repositories.unpin(app, BUILD);
    repositories.unpin(app, BUILD);
    assertThat(gitDir().resolve("refs/platform/builds/build1")).doesNotExist();
  }

  @Test
  void collectsWhatNothingRefersTo() throws IOException {
    String kept = receive("kept", true);
    String pinned = receive("pinned", true);
    String lost = receive("lost", true);
    move(NONE, kept);
    repositories.pin(app, BUILD, pinned);
    repositories.collect(app);

    assertThat(has(kept)).isTrue();
    assertThat(has(pinned)).isTrue();
    assertThat(has(lost)).isFalse();
    repositories.unpin(app, BUILD);
    repositories.collect(app);
    assertThat(has(pinned)).isFalse();
    assertThat(move(kept, receive("next", true))).isEqualTo(new MoveResult.Moved());
  }

  @Test
  void collectsNothingWhileSomethingIsReceived() throws IOException {
    String received = receive("received", true);
    try (Quarantine quarantine = repositories.receive(app)) {
      Thread.ofPlatform().start(this::collect).join();
      assertThat(quarantine.repository().getObjectDatabase().has(ObjectId.fromString(received)))
          .isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    collect();
    assertThat(has(received)).isFalse();
  }

  private void collect() {
    try {
      repositories.collect(app);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void sweepsWhatAKillLeft() throws IOException {
    repositories.open(app).close();
    Path lock = Files.writeString(gitDir().resolve("refs/heads/main.lock"), "");
    Files.createDirectories(gitDir().resolve("quarantine/push-1/objects/pack"));
    Files.writeString(gitDir().resolve("quarantine/push-1/objects/pack/incoming_1.pack"), "half");
    Path half = Files.createDirectories(gitDir().resolveSibling("shop.git.new-1/refs"));
    assertThat(repositories.sweep(app)).isTrue();

    assertThat(lock).doesNotExist();
    assertThat(gitDir().resolve("quarantine")).doesNotExist();
    assertThat(half).doesNotExist();
    assertThat(move(NONE, receive("first", true))).isEqualTo(new MoveResult.Moved());
  }

  @Test
  void sweepsNothingOfAPushThatIsReceived() throws IOException {
    try (Quarantine _ = repositories.receive(app)) {
      assertThat(repositories.sweep(app)).isFalse();
      assertThat(gitDir().resolve("quarantine")).isNotEmptyDirectory();
    }
    assertThat(repositories.sweep(app)).isTrue();
  }

  @Test
  void keepsARepositoryThatAnotherReceiverMadeFirst() throws IOException {
    try (DirectoryRepositories other = new DirectoryRepositories(temp, "cluster", locks)) {
      other.open(app).close();
      String commit = receive("first", true);
      repositories.open(app).close();
      other.open(app).close();
      assertThat(has(commit)).isTrue();
    }
  }

  @Test
  void deletesAndBeginsAnew() throws IOException {
    String commit = receive("first", true);
    repositories.delete(app);
    repositories.delete(app);
    assertThat(gitDir()).doesNotExist();
    assertThat(has(commit)).isFalse();
  }
}
