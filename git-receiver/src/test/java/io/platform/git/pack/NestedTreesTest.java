package io.platform.git.pack;

import static io.platform.git.pack.PackBuilder.BLOB;
import static io.platform.git.pack.PackBuilder.TREE;
import static io.platform.git.pack.PackBuilder.treeEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trees that lie one in another, of which those on one path may be 8 MiB together. */
class NestedTreesTest {
  private static final PackLimits LIMITS = PackLimits.forHeap(256L << 20);
  private static final String MEBIBYTE = "n".repeat(1 << 20);
  private static final byte[] CONTENT = "x".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path temp;
  private FileRepository repository;

  @BeforeEach
  void create() throws IOException {
    repository =
        (FileRepository)
            new FileRepositoryBuilder()
                .setGitDir(temp.resolve("it.git").toFile())
                .setBare()
                .build();
    repository.create(true);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private void receive(PackBuilder pack) throws Exception {
    ReceiveWatch nobody =
        new ReceiveWatch() {
          @Override
          public void check() {}

          @Override
          public void waiting() {}
        };
    new PackReceiver(LIMITS)
        .receive(
            new PackReceiver.Delivery(
                new ByteArrayInputStream(pack.build()),
                repository,
                List.of(),
                new ObjectChecker(),
                nobody));
  }

  /** Puts a tree into so many others. */
  private static String nest(PackBuilder pack, String tree, int levels) throws IOException {
    String outer = tree;
    for (int level = 0; level < levels; level++) {
      outer = pack.object(TREE, treeEntry("40000", MEBIBYTE, outer));
    }
    return outer;
  }

  private static String leaf(PackBuilder pack) throws IOException {
    return pack.object(TREE, treeEntry("100644", "f", pack.object(BLOB, CONTENT)));
  }

  @Test
  void takesThemWithinTheLimit() throws Exception {
    PackBuilder pack = new PackBuilder();
    String outer = nest(pack, leaf(pack), 7);
    receive(pack);
    assertThat(repository.open(ObjectId.fromString(outer)).getSize()).isGreaterThan(1 << 20);
  }

  @Test
  void refusesThemBeyondIt() throws Exception {
    PackBuilder pack = new PackBuilder();
    nest(pack, leaf(pack), 9);
    assertTooLarge(pack);
  }

  @Test
  void countsThoseThatTheRepositoryHas() throws Exception {
    PackBuilder first = new PackBuilder();
    String outer = nest(first, leaf(first), 5);
    receive(first);
    PackBuilder second = new PackBuilder();
    nest(second, outer, 4);
    assertTooLarge(second);
  }

  /** There are a trillion paths. */
  @Test
  @Timeout(60)
  void looksOnceAtEachTree() throws Exception {
    PackBuilder pack = new PackBuilder();
    String tree = leaf(pack);
    for (int level = 0; level < 40; level++) {
      byte[] one = treeEntry("40000", "a", tree);
      byte[] other = treeEntry("40000", "b", tree);
      byte[] both = new byte[one.length + other.length];
      System.arraycopy(one, 0, both, 0, one.length);
      System.arraycopy(other, 0, both, one.length, other.length);
      tree = pack.object(TREE, both);
    }
    receive(pack);
    assertThat(repository.getObjectDatabase().has(ObjectId.fromString(tree))).isTrue();
  }

  @Test
  void refusesAFileThatATreeTakesForOne() throws Exception {
    PackBuilder first = new PackBuilder();
    String file = first.object(BLOB, CONTENT);
    receive(first);
    PackBuilder second = new PackBuilder();
    second.object(TREE, treeEntry("40000", "d", file));
    assertThatThrownBy(() -> receive(second)).isInstanceOf(CorruptObjectException.class);
  }

  private void assertTooLarge(PackBuilder pack) {
    assertThatThrownBy(() -> receive(pack))
        .isInstanceOfSatisfying(
            PackRefused.class,
            e -> assertThat(e.problem()).isEqualTo(new PackProblem.NestedTreesTooLarge(8L << 20)));
  }
}
