package io.platform.storage.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import io.platform.bootstrap.ObjectStores;
import io.platform.storage.ObjectInfo;
import io.platform.storage.ObjectStore;
import io.platform.storage.ObjectStoreContract;
import io.platform.storage.ObjectWriter;
import io.platform.storage.PutOptions;
import io.platform.storage.signed.SignedUrls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest extends ObjectStoreContract {
  private static final SignedUrls URLS =
      new SignedUrls(
          URI.create("http://localhost:8080"), SignedUrls.newSecret(), InstantSource.system());

  @TempDir Path directory;
  private Path root;
  private ObjectStore store;

  @BeforeEach
  void open() throws IOException {
    root = directory.resolve("objects");
    store = ObjectStores.open(root.toUri(), URLS).store();
  }

  @Override
  public ObjectStore store() {
    return store;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).toList();
    }
  }

  @Test
  void saysAtTheStartWhatIsWrongWithTheDirectory() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    for (Path none : List.of(file, file.resolve("objects"))) {
      assertThatThrownBy(() -> ObjectStores.open(none.toUri(), URLS))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("The object store file://" + none)
          .hasMessageContaining(" cannot be used: ")
          .hasMessageEndingWith(
              "Name a directory that the platform's user may write to, with room in it.");
    }
  }

  @Test
  void leavesNothingOfAnUnfinishedUpload() throws Exception {
    try (ObjectWriter writer = store.create("a/b/half")) {
      writer.write(new byte[1_000_000]);
    }
    assertThat(files()).isEmpty();
    assertThat(root.resolve(".partial")).isEmptyDirectory();
  }

  @Test
  void sweepsWhatAKillLeft() throws Exception {
    ObjectWriter killed = store.create("a/b/killed");
    killed.write(new byte[1_000_000]);
    store.sweep(Instant.now().minusSeconds(60));
    assertThat(files()).hasSize(1);
    store.sweep(Instant.now().plusSeconds(1));
    assertThat(files()).isEmpty();
    write("a/b/next", new byte[1]);
    assertThat(files()).hasSize(1);
  }

  @Test
  void endsUploadsUnderADeletedFolder() throws Exception {
    try (ObjectWriter writer = store.create("acme/shop/builds/b1/slug")) {
      writer.write(new byte[1_000_000]);
      store.deleteAll("acme/shop/");
      assertThatThrownBy(writer::commit)
          .isInstanceOf(IOException.class)
          .hasMessage("Storing acme/shop/builds/b1/slug failed: its folder was deleted meanwhile.");
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void writesWhereOthersDeleteEmptyFolders() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<ObjectInfo>> writers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String key = "a/b/c/" + i;
        writers.add(() -> {
          ObjectInfo last = write(key, new byte[1]);
          for (int round = 0; round < 100; round++) {
            store.delete(List.of(key));
            last = write(key, new byte[1]);
          }
          return last;
        });
      }
      for (Future<ObjectInfo> writer : threads.invokeAll(writers)) {
        writer.get();
      }
    }
    assertThat(keys("a/")).hasSize(8);
    assertThat(root.resolve(".partial")).isEmptyDirectory();
  }

  @Test
  void takesEmptyFoldersAway() throws Exception {
    write("acme/shop/builds/b1/slug", new byte[1]);
    write("acme/other/builds/b1/slug", new byte[1]);
    store.delete(List.of("acme/shop/builds/b1/slug"));
    assertThat(root.resolve("acme/shop")).doesNotExist();
    store.deleteAll("acme/other/");
    assertThat(root.resolve("acme")).doesNotExist();
  }

  @Test
  void followsNoSymbolicLink() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret".repeat(20));
    Files.createSymbolicLink(root.resolve("link"), outside);
    Files.createDirectory(root.resolve("a"));
    Files.createSymbolicLink(root.resolve("a/secret"), outside.resolve("secret"));
    for (String key : List.of("link/secret", "a/secret")) {
      assertThatThrownBy(() -> store.open(key, 0)).hasMessageContaining("symbolic link");
      assertThatThrownBy(() -> store.stat(key)).hasMessageContaining("symbolic link");
      assertThatThrownBy(() -> store.delete(List.of(key))).hasMessageContaining("symbolic link");
      assertThatThrownBy(() -> write(key, new byte[1])).hasMessageContaining("symbolic link");
    }
    try (Stream<ObjectInfo> objects = store.list("")) {
      assertThat(objects).isEmpty();
    }
    store.deleteAll("a/");
    assertThat(outside.resolve("secret")).exists();
  }

  @Test
  void noticesATruncatedFile() throws Exception {
    write("a/object", new byte[1000]);
    try (var file = Files.newByteChannel(root.resolve("a/object"), StandardOpenOption.WRITE)) {
      file.truncate(500);
    }
    assertThatThrownBy(() -> store.open("a/object", 0)).hasMessageContaining("is damaged");
  }

  @Test
  void filesOfCompressedObjectsAreReadableAsTheyAre() throws Exception {
    byte[] text = "text ".repeat(1000).getBytes(UTF_8);
    write("a/object", Zstd.compress(text));
    try (InputStream in = new ZstdInputStream(Files.newInputStream(root.resolve("a/object")))) {
      assertThat(in.readAllBytes()).isEqualTo(text);
    }
  }

  /** The one device of Linux that is always full. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsASentence() throws Exception {
    Path partial = Files.createFile(directory.resolve("partial"));
    DirectoryTree tree = new DirectoryTree(directory);
    var device = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
    try (DirectoryWriter writer =
        new DirectoryWriter("a/object", PutOptions.replacing(), tree, tree, partial, device)) {
      assertThatThrownBy(() -> writer.write(new byte[1_000_000]))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "Storing a/object failed: the disk of the object store is full. Free some space on it, and try again.");
      assertThat(partial).doesNotExist();
    }
  }

  @Test
  void namesTheKindsOfStores() {
    assertThatThrownBy(() -> ObjectStores.open(URI.create("ftp://user:secret@host/x"), URLS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The object store 'ftp:' is of an unknown kind: use file:///DIRECTORY, gs://BUCKET/PREFIX or s3://BUCKET/PREFIX?region=REGION.");
    assertThatThrownBy(() -> ObjectStores.open(URI.create("file://relative"), URLS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("with three slashes");
  }
}
