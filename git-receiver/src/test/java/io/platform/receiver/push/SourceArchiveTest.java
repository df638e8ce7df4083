package io.platform.receiver.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.junit.jupiter.api.Test;

class SourceArchiveTest {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  private final InMemoryRepository repository =
      new InMemoryRepository(new DfsRepositoryDescription("test"));
  private final DirCache index = DirCache.newInCore();
  private final DirCacheBuilder entries = index.builder();

  private SourceArchiveTest with(String path, FileMode mode, byte[] content) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      DirCacheEntry entry = new DirCacheEntry(path);
      entry.setFileMode(mode);
      entry.setObjectId(
          mode.equals(FileMode.GITLINK)
              ? ObjectId.fromString("1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d")
              : inserter.insert(Constants.OBJ_BLOB, content));
      entries.add(entry);
      inserter.flush();
      return this;
    }
  }

  private SourceArchiveTest with(String path, String content) throws IOException {
    return with(path, FileMode.REGULAR_FILE, content.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] archive(long limit) throws IOException, SourceRefused {
    entries.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId tree = index.writeTree(inserter);
      inserter.flush();
      new SourceArchive(repository, limit).write(tree, out);
    }
    return out.toByteArray();
  }

  private Map<String, String> unpacked() throws IOException, SourceRefused {
    Map<String, String> found = new LinkedHashMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(archive(NO_LIMIT))), "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
        assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
        assertThat(entry.getLastModifiedTime().toString()).isEqualTo("1980-01-01T00:00:01Z");
        String content = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
        found.put(
            entry.getName(),
            Integer.toOctalString(entry.getMode() & 0777)
                + (entry.isSymbolicLink() ? " -> " + entry.getLinkName() : " " + content));
      }
    }
    return found;
  }

  @Test
  void keepsExecutablesLinksAndEmptyFiles() throws Exception {
    with("bin/start", FileMode.EXECUTABLE_FILE, "#!".getBytes(StandardCharsets.UTF_8));
    with("current", FileMode.SYMLINK, "bin/stärt".getBytes(StandardCharsets.UTF_8));
    with("empty", "");

    assertThat(unpacked())
        .containsExactly(
            Map.entry("bin/", "755 "),
            Map.entry("bin/start", "755 #!"),
            Map.entry("current", "777 -> bin/stärt"),
            Map.entry("empty", "644 "));
  }

  @Test
  void keepsLongAndForeignNames() throws Exception {
    String deep = ("directory-with-a-long-name/".repeat(12) + "file").replaceFirst("^", "a/");
    with(deep, "deep").with("größe/日本語.txt", "utf-8").with("sp ace", "space");

    assertThat(unpacked())
        .containsEntry(deep, "644 deep")
        .containsEntry("größe/日本語.txt", "644 utf-8")
        .containsEntry("sp ace", "644 space");
  }

  @Test
  void leavesOutWhatIsMarkedExportIgnore() throws Exception {
    with(".gitattributes", "docs export-ignore\n*.psd export-ignore\n/root-only export-ignore\n");
    with("docs/guide.md", "guide").with("a.psd", "1").with("art/b.psd", "2").with("root-only", "3");
    with("art/.gitattributes", "*.psd -export-ignore\nsecret export-ignore\n")
        .with("art/secret", "4");
    with("art/root-only", "5").with("secret", "6");

    assertThat(unpacked().keySet())
        .containsExactly(
            ".gitattributes", "art/", "art/.gitattributes", "art/b.psd", "art/root-only", "secret");
  }

  @Test
  void givesTheSameBytesForTheSameTree() throws Exception {
    with("a", "1").with("b/c", "2");
    byte[] first = archive(NO_LIMIT);

    assertThat(new SourceArchiveTest().with("a", "1").with("b/c", "2").archive(NO_LIMIT))
        .isEqualTo(first);
    assertThat(new SourceArchiveTest().with("a", "1").with("b/c", "3").archive(NO_LIMIT))
        .isNotEqualTo(first);
  }

  @Test
  void streamsLargeFiles() throws Exception {
    byte[] noise = new byte[3_000_000];
    new Random(1).nextBytes(noise);
    with("noise", FileMode.REGULAR_FILE, noise);
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(archive(NO_LIMIT))))) {
      assertThat(tar.getNextEntry().getName()).isEqualTo("noise");
      assertThat(tar.readAllBytes()).isEqualTo(noise);
    }
  }

  @Test
  void refusesTreesOverTheLimit() throws Exception {
    with("a", "12345").with("b", "67890");
    assertThatThrownBy(() -> archive(9)).isInstanceOf(SourceRefused.class);
  }

  @Test
  void refusesSubmodules() throws Exception {
    with("vendor/lib", FileMode.GITLINK, new byte[0]);
    assertThatThrownBy(() -> archive(NO_LIMIT)).isInstanceOf(SourceRefused.class);
  }
}
