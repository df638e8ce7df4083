package io.platform.slug.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.platform.commons.file.Directories;
import io.platform.slug.BadFormatException;
import io.platform.slug.Manifest;
import io.platform.slug.ProcessTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TreeArchiveTest {
  @TempDir Path temporary;
  private Path target;

  @BeforeEach
  void makeTarget() throws IOException {
    target = Files.createDirectory(temporary.resolve("target"));
  }

  /** Puts entries into an archive that no writer of ours would write. */
  private interface Entries {
    void put(TarArchiveOutputStream tar) throws IOException;
  }

  private void unpack(Entries entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new ZstdOutputStream(bytes))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
      entries.put(tar);
    }
    TreeArchive.unpackSource(new ByteArrayInputStream(bytes.toByteArray()), target, 1 << 20);
  }

  private static void file(TarArchiveOutputStream tar, String name) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(1);
    tar.putArchiveEntry(entry);
    tar.write('x');
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, byte kind, String name, String to)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind);
    entry.setLinkName(to);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  @Test
  void refusesNamesThatLeaveTheDirectory() {
    for (String name : new String[] {"../x", "a/../../x", "/etc/x", "a/.."}) {
      assertThatThrownBy(() -> unpack(tar -> file(tar, name)))
          .isInstanceOf(UnsafeEntryException.class);
    }
    assertThat(temporary.resolve("x")).doesNotExist();
  }

  @Test
  void keepsLinksWhereverTheyLeadAndFollowsNone() throws IOException {
    Path secret = Files.writeString(temporary.resolve("secret"), "s", StandardCharsets.UTF_8);
    for (String to : new String[] {"/etc/passwd", "..", "../secret", "missing", "a/../../x"}) {
      unpack(tar -> link(tar, TarConstants.LF_SYMLINK, "link", to));
      assertThat(Files.readSymbolicLink(target.resolve("link"))).hasToString(to);
    }
    unpack(tar -> {
      link(tar, TarConstants.LF_SYMLINK, "link", "../secret");
      file(tar, "link");
    });
    assertThat(target.resolve("link")).isRegularFile().hasContent("x");
    assertThat(secret).hasContent("s");
  }

  @Test
  void writesNothingThroughALink() {
    assertThatThrownBy(() ->
            unpack(tar -> {
              file(tar, "dir/x");
              link(tar, TarConstants.LF_SYMLINK, "link", "dir");
              file(tar, "link/y");
            }))
        .isInstanceOf(UnsafeEntryException.class)
        .hasMessageContaining("through a symbolic link");
    assertThat(target.resolve("dir/y")).doesNotExist();
  }

  @Test
  void refusesHardLinksToWhatIsNotInTheArchive() throws IOException {
    Path secret = Files.writeString(temporary.resolve("secret"), "s", StandardCharsets.UTF_8);
    for (String to : new String[] {"../secret", secret.toString(), "missing"}) {
      assertThatThrownBy(() -> unpack(tar -> link(tar, TarConstants.LF_LINK, "link", to)))
          .isInstanceOf(UnsafeEntryException.class);
    }
    unpack(tar -> {
      file(tar, "a");
      link(tar, TarConstants.LF_LINK, "b", "a");
    });
    assertThat(target.resolve("b")).hasContent("x");
  }

  @Test
  void refusesDevicesAndPipes() {
    for (byte kind : new byte[] {TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO}) {
      assertThatThrownBy(() -> unpack(tar -> link(tar, kind, "device", "")))
          .isInstanceOf(UnsafeEntryException.class)
          .hasMessageContaining("device");
    }
  }

  @Test
  void refusesWhatTakesThePlaceOfAnother() {
    assertThatThrownBy(() ->
            unpack(tar -> {
              file(tar, "a");
              file(tar, "a/b");
            }))
        .isInstanceOf(UnsafeEntryException.class);
    assertThatThrownBy(() ->
            unpack(tar -> {
              file(tar, "d/b");
              link(tar, TarConstants.LF_SYMLINK, "d", "/etc");
            }))
        .isInstanceOf(UnsafeEntryException.class);
  }

  @Test
  void refusesNamesAndTargetsThatLinuxDoesNotTake() {
    for (String name : new String[] {"n".repeat(256), "d/".repeat(2_100) + "f"}) {
      assertThatThrownBy(() -> unpack(tar -> file(tar, name)))
          .isInstanceOf(UnsafeEntryException.class)
          .hasMessageContaining("too long");
    }
    assertThatThrownBy(
            () -> unpack(tar -> link(tar, TarConstants.LF_SYMLINK, "link", "t".repeat(4_096))))
        .isInstanceOf(UnsafeEntryException.class);
  }

  @Test
  void holdsNoMoreOfARecordThanItMay() {
    assertThatThrownBy(() ->
            unpack(tar -> {
              TarArchiveEntry records =
                  new TarArchiveEntry("records", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
              records.setSize(100_000_000);
              tar.putArchiveEntry(records);
              for (int i = 0; i < 1_000; i++) {
                tar.write(new byte[100_000]);
              }
              tar.closeArchiveEntry();
            }))
        .isInstanceOf(BadFormatException.class)
        .hasMessageContaining("what describes one entry has");
  }

  @Test
  void boundsBytesAndEntries() throws IOException {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    Files.write(tree.resolve("zeros"), new byte[100_000]);
    Files.createDirectory(tree.resolve("empty"));
    ByteArrayOutputStream slug = new ByteArrayOutputStream();
    SlugArchive.write(tree, "platform-1", "Test", new ProcessTypes(Map.of("web", "w")), slug);

    assertThatThrownBy(() -> unpackSlug(slug, new TreeLimits(99_999, 10)))
        .isInstanceOf(TreeLimitException.class)
        .hasMessage("more than 99999 bytes");
    assertThatThrownBy(() -> unpackSlug(slug, new TreeLimits(100_000, 1)))
        .isInstanceOf(TreeLimitException.class)
        .hasMessage("more than 1 files and directories");
    unpackSlug(slug, new TreeLimits(100_000, 2));
  }

  private void unpackSlug(ByteArrayOutputStream slug, TreeLimits limits) throws IOException {
    SlugArchive.unpack(new ByteArrayInputStream(slug.toByteArray()), target, limits);
  }

  @Test
  void keepsNamesAndTargetsThatAreNoUtf8() throws IOException {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    PathBytes name = PathBytes.of(new byte[] {'c', 'a', 'f', (byte) 0xe9, '\n'});
    PathBytes pair = PathBytes.of("e\u0301 \u00e9 E");
    Files.writeString(tree.resolve(name.toPath()), "latin", StandardCharsets.UTF_8);
    Files.writeString(tree.resolve(pair.toPath()), "two forms", StandardCharsets.UTF_8);
    Files.createSymbolicLink(tree.resolve("link"), name.toPath());
    ByteArrayOutputStream slug = new ByteArrayOutputStream();
    SlugArchive.write(tree, "platform-1", "Test", new ProcessTypes(Map.of("web", "w")), slug);

    unpackSlug(slug, TreeLimits.defaults());

    assertThat(target.resolve(name.toPath())).hasContent("latin");
    assertThat(target.resolve(pair.toPath())).hasContent("two forms");
    assertThat(PathBytes.of(Files.readSymbolicLink(target.resolve("link")))).isEqualTo(name);
    assertThat(name.quoted()).isEqualTo("\"caf\\351\\n\"");
  }

  @Test
  void othersReadWhatIsWritten() throws Exception {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    PathBytes odd = PathBytes.of(new byte[] {(byte) 0xff, ' ', 'x'});
    String deep = "a-directory/".repeat(20);
    Files.createDirectories(tree.resolve(deep));
    Files.writeString(tree.resolve(deep + "größe"), "deep", StandardCharsets.UTF_8);
    Files.writeString(tree.resolve(odd.toPath()), "odd", StandardCharsets.UTF_8);
    Files.createSymbolicLink(tree.resolve("link"), Path.of("t".repeat(3_000)));
    Files.setLastModifiedTime(
        tree.resolve("link").resolveSibling(odd.toPath()), FileTime.fromMillis(-5_000));
    Path archive = temporary.resolve("tree.tar.zst");
    try (var out = Files.newOutputStream(archive)) {
      TreeArchive.writeCache(tree, out);
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    try (var in = new com.github.luben.zstd.ZstdInputStream(Files.newInputStream(archive))) {
      in.transferTo(plain);
    }
    Process tar =
        new ProcessBuilder("tar", "-xf", "-", "-C", target.toString())
            .redirectErrorStream(true)
            .start();
    try (var in = tar.getOutputStream()) {
      plain.writeTo(in);
    }
    String said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tar.waitFor()).as(said).isZero();
    assertThat(target.resolve(deep + "größe")).hasContent("deep");
    assertThat(target.resolve(odd.toPath())).hasContent("odd");
    assertThat(Files.getLastModifiedTime(target.resolve(odd.toPath())).toMillis())
        .isEqualTo(-5_000);
    assertThat(Files.readSymbolicLink(target.resolve("link"))).hasToString("t".repeat(3_000));
  }

  @Test
  void readsWhatOthersWrite() throws Exception {
    Path tree = Files.createDirectories(temporary.resolve("tree"));
    String deep = "a-directory/".repeat(20);
    Files.createDirectories(tree.resolve(deep));
    PathBytes odd = PathBytes.of(new byte[] {(byte) 0xff, ' ', 'x'});
    Files.writeString(tree.resolve(deep + "größe"), "deep", StandardCharsets.UTF_8);
    Files.writeString(tree.resolve(odd.toPath()), "odd", StandardCharsets.UTF_8);
    Files.createSymbolicLink(tree.resolve("link"), Path.of("t".repeat(300)));
    for (String format : new String[] {"gnu", "pax", "v7"}) {
      if (format.equals("v7")) { // knows no long names
        Files.delete(tree.resolve("link"));
        Files.delete(tree.resolve(deep + "größe"));
        Files.delete(tree.resolve(deep));
      }
      Process tar =
          new ProcessBuilder("tar", "--format=" + format, "-C", tree.toString(), "-cf", "-", ".")
              .start();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZstdOutputStream zstd = new ZstdOutputStream(bytes)) {
        tar.getInputStream().transferTo(zstd);
      }
      Directories.empty(target);
      TreeArchive.unpackSource(new ByteArrayInputStream(bytes.toByteArray()), target, 1 << 20);
      assertThat(target.resolve(odd.toPath())).as(format).hasContent("odd");
      if (!format.equals("v7")) {
        assertThat(target.resolve(deep + "größe")).as(format).hasContent("deep");
        assertThat(Files.readSymbolicLink(target.resolve("link"))).hasToString("t".repeat(300));
      }
    }
  }

  @Test
  void tellsADamagedArchive() throws IOException {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    Files.write(tree.resolve("zeros"), new byte[500_000]);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TreeArchive.writeCache(tree, bytes);
    byte[] damaged = bytes.toByteArray();
    damaged[damaged.length / 2] ^= 0x55;
    assertThatThrownBy(
            () -> TreeArchive.unpackSource(new ByteArrayInputStream(damaged), target, 1 << 20))
        .isInstanceOf(BadFormatException.class);
    assertThatThrownBy(() ->
            TreeArchive.unpackSource(
                new ByteArrayInputStream(new byte[] {1, 2, 3}), target, 1 << 20))
        .isInstanceOf(BadFormatException.class);
  }

  @Test
  void slugKeepsWhatATreeHas() throws IOException {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    String longName = "d".repeat(120) + "/" + "ü".repeat(100);
    Files.createDirectories(tree.resolve("d".repeat(120)));
    Files.writeString(tree.resolve(longName), "long", StandardCharsets.UTF_8);
    Files.createDirectory(tree.resolve("empty"));
    Files.createFile(tree.resolve("run"));
    Files.setPosixFilePermissions(
        tree.resolve("run"), PosixFilePermissions.fromString("rwxr-x---"));
    Files.createSymbolicLink(tree.resolve("python"), Path.of("/usr/bin/python3"));
    ProcessTypes types = new ProcessTypes(Map.of("web", "./run"));

    ByteArrayOutputStream one = new ByteArrayOutputStream();
    Manifest manifest = SlugArchive.write(tree, "platform-1", "Test", types, one);
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    SlugArchive.write(tree, "platform-1", "Test", types, two);

    assertThat(two.toByteArray()).isEqualTo(one.toByteArray());
    assertThat(SlugArchive.unpack(new ByteArrayInputStream(one.toByteArray()), target))
        .isEqualTo(manifest);
    assertThat(target.resolve(longName)).hasContent("long");
    assertThat(target.resolve("empty")).isEmptyDirectory();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("run"))))
        .isEqualTo("rwxr-x---");
    assertThat(Files.readSymbolicLink(target.resolve("python"))).hasToString("/usr/bin/python3");
    assertThat(Files.getLastModifiedTime(target.resolve("run")).toMillis() / 1000)
        .isEqualTo(Files.getLastModifiedTime(tree.resolve("run")).toMillis() / 1000);
    assertThat(manifest.unpackedBytes()).isEqualTo(4);
  }
}
