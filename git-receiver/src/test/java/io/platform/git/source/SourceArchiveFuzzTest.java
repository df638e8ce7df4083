package io.platform.git.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;

/** Whatever a tree has: it becomes an archive that can be read, or its faults are named. */
class SourceArchiveFuzzTest {
  private static final SourceLimits LIMITS =
      new SourceLimits(
          1 << 20, 1000, 20, 500, new SourceLimits.Attributes(1 << 16, 1 << 17, 50, 100_000, 1000));

  /** A tree object as it is, whose objects are mostly not there. */
  @FuzzTest(maxDuration = "1m", maxExecutions = 55_000)
  void tree(byte[] tree) throws IOException {
    try (InMemoryRepository repository =
            new InMemoryRepository(new DfsRepositoryDescription("fuzz"));
        ObjectInserter inserter = repository.newObjectInserter()) {
      archive(repository, inserter, inserter.insert(Constants.OBJ_TREE, tree));
    }
  }

  /**
   * The entries of nested trees. Each has three bytes: its kind, the length of its name, the length
   * of its content; and then its name and content. Kinds are a file, an executable, a link, a
   * submodule, {@code .gitattributes}, and what ends a tree and begins one around it.
   */
  @FuzzTest(maxDuration = "1m", maxExecutions = 55_000)
  void entries(byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try (InMemoryRepository repository =
            new InMemoryRepository(new DfsRepositoryDescription("fuzz"));
        ObjectInserter inserter = repository.newObjectInserter()) {
      ByteArrayOutputStream tree = new ByteArrayOutputStream();
      while (in.remaining() >= 3) {
        int kind = Math.floorMod(in.get(), 6);
        int nameLength = Byte.toUnsignedInt(in.get());
        int contentLength = Byte.toUnsignedInt(in.get());
        byte[] name = new byte[Math.min(nameLength, in.remaining())];
        byte[] content = new byte[Math.min(contentLength, in.remaining() - name.length)];
        in.get(name).get(content);
        switch (kind) {
          case 0, 1 -> {
            ObjectId blob = inserter.insert(Constants.OBJ_BLOB, content);
            add(tree, kind == 0 ? "100644" : "100755", name, blob);
          }
          case 2 -> add(tree, "120000", name, inserter.insert(Constants.OBJ_BLOB, content));
          case 3 -> add(tree, "160000", name, ObjectId.zeroId());
          case 4 ->
              add(
                  tree,
                  "100644",
                  Constants.DOT_GIT_ATTRIBUTES.getBytes(StandardCharsets.UTF_8),
                  inserter.insert(Constants.OBJ_BLOB, content));
          default -> {
            ObjectId inner = inserter.insert(Constants.OBJ_TREE, tree.toByteArray());
            tree.reset();
            add(tree, "40000", name, inner);
          }
        }
      }
      archive(repository, inserter, inserter.insert(Constants.OBJ_TREE, tree.toByteArray()));
    }
  }

  private static void add(ByteArrayOutputStream tree, String mode, byte[] name, ObjectId object) {
    byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
    object.copyRawTo(id, 0);
    tree.writeBytes(Constants.encodeASCII(mode + " "));
    tree.writeBytes(name);
    tree.write(0);
    tree.writeBytes(id);
  }

  private static void archive(InMemoryRepository repository, ObjectInserter inserter, ObjectId tree)
      throws IOException {
    CommitBuilder commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setAuthor(new PersonIdent("Ada", "ada@example.com", Instant.EPOCH, ZoneOffset.UTC));
    commit.setCommitter(commit.getAuthor());
    commit.setMessage("Tree\n");
    ObjectId id = inserter.insert(commit);
    inserter.flush();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ArchivedSource written =
          new SourceArchive(repository, LIMITS, new KnownLfsContents()).write(id, out);

      assertThat(written.bytes()).isLessThanOrEqualTo(LIMITS.bytes());
      assertThat(read(out.toByteArray())).isGreaterThanOrEqualTo(written.files());
    } catch (SourceFaultsException e) {
      assertThat(e.faults()).isNotEmpty();
    } catch (CorruptObjectException | MissingObjectException | IncorrectObjectTypeException e) {
      assertThat(e).isNotNull(); // no push brings such a tree: its objects are checked before
    }
  }

  /** How many entries the archive has, to who did not write it. */
  private static int read(byte[] archive) throws IOException {
    int entries = 0;
    try (InputStream zstd = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(zstd, "UTF-8")) {
      while (tar.getNextEntry() != null) {
        tar.transferTo(OutputStream.nullOutputStream());
        entries++;
      }
    }
    return entries;
  }
}
