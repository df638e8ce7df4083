package io.platform.git.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.platform.domain.SourceFault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SourceArchiveTest {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  private final InMemoryRepository repository =
      new InMemoryRepository(new DfsRepositoryDescription("test"));
  private final DirCache index = DirCache.newInCore();
  private final DirCacheBuilder entries = index.builder();
  private final KnownLfsContents lfs = new KnownLfsContents();
  private String message = "Tree\n";

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

  private ObjectId commit(ObjectId tree) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(tree);
      commit.setAuthor(new PersonIdent("Ada", "ada@example.com", Instant.EPOCH, ZoneOffset.UTC));
      commit.setCommitter(commit.getAuthor());
      commit.setMessage(message);
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }

  private byte[] archive(long limit) throws IOException, SourceFaultsException {
    return archive(SourceLimits.withBytes(limit));
  }

  private byte[] archive(SourceLimits limits) throws IOException, SourceFaultsException {
    entries.finish();
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId tree = index.writeTree(inserter);
      inserter.flush();
      return archive(tree, limits);
    }
  }

  private byte[] archive(ObjectId tree, SourceLimits limits)
      throws IOException, SourceFaultsException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SourceArchive(repository, limits, lfs).write(commit(tree), out);
    return out.toByteArray();
  }

  private List<SourceFault> faults(SourceLimits limits) {
    return faults(() -> archive(limits));
  }

  private static List<SourceFault> faults(Callable<byte[]> archive) {
    try {
      archive.call();
    } catch (SourceFaultsException e) {
      return e.faults();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return List.of();
  }

  private static SourceFault offence(SourceFault.Kind kind, String... paths) {
    return new SourceFault.Offence(kind, List.of(paths), paths.length);
  }

  private ObjectId tree(FileMode mode, List<String> names, ObjectId id) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      TreeFormatter tree = new TreeFormatter();
      for (String name : names) {
        tree.append(name, mode, id);
      }
      ObjectId written = inserter.insert(tree);
      inserter.flush();
      return written;
    }
  }

  private ObjectId blob(String content) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId id = inserter.insert(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8));
      inserter.flush();
      return id;
    }
  }

  private Map<String, String> unpacked() throws IOException, SourceFaultsException {
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
    assertThat(faults(SourceLimits.withBytes(9)))
        .containsExactly(new SourceFault.OverLimit(SourceFault.Limit.BYTES, 9, "b"));
  }

  @Test
  @Timeout(60)
  void refusesTreesThatAreSharedTenBillionTimes() throws Exception {
    List<String> names = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    ObjectId tree = tree(FileMode.REGULAR_FILE, names, blob("x"));
    for (int level = 0; level < 9; level++) {
      tree = tree(FileMode.TREE, names, tree);
    }
    ObjectId bomb = tree;
    assertThat(faults(() -> archive(bomb, SourceLimits.withBytes(NO_LIMIT))))
        .hasSize(1)
        .first()
        .isInstanceOfSatisfying(
            SourceFault.OverLimit.class,
            over -> {
              assertThat(over.limit()).isEqualTo(SourceFault.Limit.ENTRIES);
              assertThat(over.most()).isEqualTo(250_000);
              assertThat(over.path()).startsWith("0/0/");
            });
  }

  @Test
  @Timeout(60)
  void refusesTreesThatAreThousandsOfLevelsDeep() throws Exception {
    ObjectId deep = tree(FileMode.REGULAR_FILE, List.of("f"), blob("x"));
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      for (int level = 0; level < 5_000; level++) {
        TreeFormatter tree = new TreeFormatter();
        tree.append("d", FileMode.TREE, deep);
        deep = inserter.insert(tree);
      }
      inserter.flush();
    }
    ObjectId top = deep;
    assertThat(faults(() -> archive(top, SourceLimits.withBytes(NO_LIMIT))))
        .containsExactly(
            new SourceFault.OverLimit(SourceFault.Limit.DEPTH, 256, "d/".repeat(256) + "d"));
  }

  @Test
  void refusesPathsThatAreTooLong() throws Exception {
    with("name-of-a-directory/".repeat(153) + "too-long-for-it", "x");
    assertThat(faults(SourceLimits.withBytes(NO_LIMIT)))
        .hasSize(1)
        .first()
        .isInstanceOfSatisfying(
            SourceFault.OverLimit.class,
            over -> assertThat(over.limit()).isEqualTo(SourceFault.Limit.PATH_BYTES));
  }

  @Test
  @Timeout(60)
  void refusesLinksThatNoSystemCanHave() throws Exception {
    with("megabytes", FileMode.SYMLINK, new byte[2_000_000]);
    with("nul", FileMode.SYMLINK, new byte[] {'a', 0});
    with("empty", FileMode.SYMLINK, new byte[0]);
    with("longest", FileMode.SYMLINK, "t".repeat(4_095).getBytes(StandardCharsets.UTF_8));
    assertThat(faults(SourceLimits.withBytes(NO_LIMIT)))
        .containsExactly(offence(SourceFault.Kind.LINK_TARGET, "empty", "megabytes", "nul"));
  }

  @Test
  void keepsLinksThatLeadOutWhereNothingFollowsThem() throws Exception {
    with("docs/Procfile", FileMode.SYMLINK, "/etc/passwd".getBytes(StandardCharsets.UTF_8));
    with("Procfile", FileMode.SYMLINK, "config/Procfile".getBytes(StandardCharsets.UTF_8));
    with("python", FileMode.SYMLINK, "/usr/bin/python3".getBytes(StandardCharsets.UTF_8));
    with("up", FileMode.SYMLINK, "../../x".getBytes(StandardCharsets.UTF_8));

    assertThat(unpacked())
        .containsEntry("docs/Procfile", "777 -> /etc/passwd")
        .containsEntry("Procfile", "777 -> config/Procfile")
        .containsEntry("python", "777 -> /usr/bin/python3")
        .containsEntry("up", "777 -> ../../x");
  }

  @Test
  void putsTheContentInPlaceOfLfsPointers() throws Exception {
    String pointer = lfs.add("a picture\n");
    with("logo.png", pointer);
    with("bin/tool", FileMode.EXECUTABLE_FILE, pointer.getBytes(StandardCharsets.UTF_8));
    assertThat(unpacked())
        .containsEntry("logo.png", "644 a picture\n")
        .containsEntry("bin/tool", "755 a picture\n");
  }

  @Test
  void countsTheContentOfLfsFiles() throws Exception {
    with("logo.png", lfs.add("x".repeat(1001)));
    assertThat(faults(SourceLimits.withBytes(1000)))
        .containsExactly(new SourceFault.OverLimit(SourceFault.Limit.BYTES, 1000, "logo.png"));
  }

  @Test
  void refusesLfsPointersWithAnotherSize() throws Exception {
    with("logo.png", lfs.add("a picture\n").replace("size 10", "size 9"));
    assertThat(faults(SourceLimits.withBytes(NO_LIMIT)))
        .containsExactly(offence(SourceFault.Kind.LFS_POINTER, "logo.png"));
  }

  @Test
  void namesAllOffendersAtOnce() throws Exception {
    with("Procfile", FileMode.SYMLINK, "../Procfile".getBytes(StandardCharsets.UTF_8));
    with("package.json", FileMode.SYMLINK, "/etc/passwd".getBytes(StandardCharsets.UTF_8));
    with("vendor/lib", FileMode.GITLINK, new byte[0]);
    with("n".repeat(256), "x");
    for (int i = 10; i < 30; i++) {
      with(
          "pointer-" + i,
          "version https://git-lfs.github.com/spec/v1\noid sha256:"
              + "ab".repeat(32)
              + "\nsize 1\n");
    }

    List<SourceFault> faults = faults(SourceLimits.withBytes(NO_LIMIT));

    assertThat(faults)
        .contains(
            offence(SourceFault.Kind.SUBMODULE, "vendor/lib"),
            offence(SourceFault.Kind.LINK_LEADS_OUT, "Procfile", "package.json"),
            offence(SourceFault.Kind.LONG_NAME, "n".repeat(256)))
        .hasSize(4);
    assertThat(faults)
        .filteredOn(fault -> fault instanceof SourceFault.Offence o && o.count() == 20)
        .singleElement()
        .isInstanceOfSatisfying(
            SourceFault.Offence.class, offence -> assertThat(offence.paths()).hasSize(10));
  }

  @Test
  @Timeout(120)
  void boundsAttributes() throws Exception {
    SourceLimits limits = fewSteps();
    assertThat(attributesFault("x".repeat(2 << 20)))
        .isEqualTo(
            new SourceFault.OverLimit(
                SourceFault.Limit.ATTRIBUTES_FILE_BYTES,
                limits.attributes().fileBytes(),
                ".gitattributes"));
    assertThat(attributesFault("* export-ignore\n".repeat(2_001)))
        .isEqualTo(
            new SourceFault.OverLimit(
                SourceFault.Limit.ATTRIBUTES_RULES, limits.attributes().rules(), ".gitattributes"));
    StringBuilder chain = new StringBuilder("[attr]m0 export-ignore\n");
    for (int i = 1; i < 30_000; i++) {
      chain.append("[attr]m").append(i).append(" m").append(i - 1).append('\n');
    }
    assertThat(attributesFault(chain + "* m29999\n"))
        .isInstanceOfSatisfying(
            SourceFault.OverLimit.class,
            over -> assertThat(over.limit()).isEqualTo(SourceFault.Limit.ATTRIBUTES_RULES));
    assertThat(attributesFault(("*a".repeat(500) + "b export-ignore\n").repeat(1_000)))
        .isInstanceOfSatisfying(
            SourceFault.OverLimit.class,
            over -> assertThat(over.limit()).isEqualTo(SourceFault.Limit.ATTRIBUTES_STEPS));
  }

  @Test
  @Timeout(60)
  void readsAttributesInOnePass() throws Exception {
    with(".gitattributes", "\n".repeat((1 << 20) - 20) + "left export-ignore\n");
    with("kept", "kept").with("left", "left");
    assertThat(unpacked()).containsKey("kept").doesNotContainKey("left");
  }

  /** As the defaults are, but for the steps: a million of them takes a thousandth of the time. */
  private static SourceLimits fewSteps() {
    SourceLimits defaults = SourceLimits.withBytes(NO_LIMIT);
    SourceLimits.Attributes of = defaults.attributes();
    return new SourceLimits(
        defaults.bytes(),
        defaults.entries(),
        defaults.depth(),
        defaults.pathBytes(),
        new SourceLimits.Attributes(
            of.fileBytes(), of.bytes(), of.rules(), 1_000_000, of.substBytes()));
  }

  private static SourceFault attributesFault(String attributes) throws IOException {
    SourceArchiveTest tree = new SourceArchiveTest();
    tree.with(".gitattributes", attributes);
    for (int i = 100; i < 200; i++) {
      tree.with("a".repeat(250) + i, "x");
    }
    return tree.faults(fewSteps()).getFirst();
  }

  @Test
  void boundsWhatIsSubstituted() throws Exception {
    with(".gitattributes", "version export-subst\n");
    with("version", "$Format:%H%H%H%H%H%H%H%H%H%H%H%H%H%H%H%H%H%H%H%H$".repeat(21_300));
    assertThat(faults(SourceLimits.withBytes(NO_LIMIT)))
        .containsExactly(
            new SourceFault.OverLimit(SourceFault.Limit.SUBSTITUTED_BYTES, 1 << 20, "version"));
  }

  @Test
  void readsAMessageOfManyEmptyLines() throws Exception {
    message = " \n".repeat(400_000) + "Subject\n\nBody\n";
    with(".gitattributes", "version export-subst\n").with("version", "$Format:%f%n%b$");
    assertThat(unpacked()).containsEntry("version", "644 Subject\nBody\n");
  }

  @Test
  void namesPlaceholdersThatAreNotExpanded() throws Exception {
    with(".gitattributes", "version export-subst\n").with("version", "$Format:%H %ar$");
    assertThat(faults(SourceLimits.withBytes(NO_LIMIT)))
        .containsExactly(offence(SourceFault.Kind.PLACEHOLDER, "version (%ar)"));
  }
}
