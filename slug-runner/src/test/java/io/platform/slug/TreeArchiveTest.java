package io.platform.slug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void refusesLinksThatLeaveTheDirectory() {
    for (String to : new String[] {"/etc/passwd", "..", "../target/../x", "a/../../x"}) {
      assertThatThrownBy(() -> unpack(tar -> link(tar, TarConstants.LF_SYMLINK, "link", to)))
          .isInstanceOf(UnsafeEntryException.class)
          .hasMessageContaining(to);
    }
  }

  @Test
  void refusesLinksThatLeaveItTogether() {
    assertThatThrownBy(() ->
            unpack(tar -> {
              file(tar, "sub/deep/x");
              link(tar, TarConstants.LF_SYMLINK, "here", "sub/deep");
              link(tar, TarConstants.LF_SYMLINK, "sub/up", "../here/../..");
              link(tar, TarConstants.LF_SYMLINK, "out", "sub/up/..");
            }))
        .isInstanceOf(UnsafeEntryException.class);
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
