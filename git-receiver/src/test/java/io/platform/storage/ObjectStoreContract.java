package io.platform.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.storage.bucket.RequestLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The behaviour of every object store. A test of an adapter extends it. */
public abstract class ObjectStoreContract {
  /** Parts as small as S3 allows, and short time limits. */
  static final RequestLimits SMALL_PARTS =
      new RequestLimits(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          3,
          Duration.ofMillis(200),
          1024 * 1024,
          5 * 1024 * 1024,
          2);

  /** The store under test, empty. */
  public abstract ObjectStore store();

  public final ObjectInfo write(String key, byte[] content) throws IOException {
    try (ObjectWriter writer = store().create(key)) {
      writer.write(content);
      return writer.commit();
    }
  }

  final ObjectInfo write(String key, byte[] content, PutOptions how) throws IOException {
    try (ObjectWriter writer = store().create(key, how)) {
      writer.write(content);
      return writer.commit();
    }
  }

  final byte[] read(String key, long from) throws IOException {
    try (InputStream in = store().open(key, from)) {
      return in.readAllBytes();
    }
  }

  public List<String> keys(String prefix) throws IOException {
    try (Stream<ObjectInfo> objects = store().list(prefix)) {
      return objects.map(ObjectInfo::key).toList();
    }
  }

  public static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  @Test
  void readsBackWhatWasWritten() throws Exception {
    byte[] content = new byte[700_001];
    new Random(1).nextBytes(content);
    ObjectInfo written = write("c1/acme/shop/builds/b1/slug", content);
    assertThat(written.size()).isEqualTo(content.length);
    assertThat(written.sha256Hex()).isEqualTo(sha256(content));
    assertThat(read("c1/acme/shop/builds/b1/slug", 0)).isEqualTo(content);
    ObjectInfo found = store().stat("c1/acme/shop/builds/b1/slug").orElseThrow();
    assertThat(found.size()).isEqualTo(content.length);
    assertThat(found.sha256Hex()).isEqualTo(sha256(content));
    assertThat(found.modified()).isAfter(Instant.now().minusSeconds(600));
  }

  @Test
  void opensAtAnyOffset() throws Exception {
    write("a/log", "0123456789".getBytes(UTF_8));
    assertThat(read("a/log", 7)).isEqualTo("789".getBytes(UTF_8));
    assertThat(read("a/log", 10)).isEmpty();
    assertThat(read("a/log", 11)).isEmpty();
  }

  @Test
  void keepsAnEmptyObject() throws Exception {
    write("a/empty", new byte[0]);
    assertThat(read("a/empty", 0)).isEmpty();
    assertThat(store().stat("a/empty").orElseThrow().size()).isZero();
  }

  @Test
  void showsNothingThatIsNotCommitted() throws Exception {
    try (ObjectWriter writer = store().create("a/half")) {
      writer.write("half".getBytes(UTF_8));
      assertThat(store().stat("a/half")).isEmpty();
      assertThat(keys("")).isEmpty();
    }
    assertThat(store().stat("a/half")).isEmpty();
    assertThat(keys("")).isEmpty();
  }

  @Test
  void keepsTheOldContentUntilTheNewIsWhole() throws Exception {
    write("a/object", "old".getBytes(UTF_8));
    try (ObjectWriter writer = store().create("a/object")) {
      writer.write("new!".getBytes(UTF_8));
    }
    assertThat(read("a/object", 0)).isEqualTo("old".getBytes(UTF_8));
    write("a/object", "new!".getBytes(UTF_8));
    assertThat(read("a/object", 0)).isEqualTo("new!".getBytes(UTF_8));
    assertThat(store().stat("a/object").orElseThrow().sha256Hex())
        .isEqualTo(sha256("new!".getBytes(UTF_8)));
  }

  @Test
  void saysWhatIsNotThere() throws Exception {
    assertThat(store().stat("a/none")).isEmpty();
    assertThatThrownBy(() -> store().open("a/none", 0)).isInstanceOf(NoSuchFileException.class);
    store().delete(List.of("a/none"));
    store().deleteAll("a/none/");
  }

  @Test
  void listsByPrefixInOrder() throws Exception {
    List<String> all = List.of("a-b/z", "a/b-1/x", "a/b/x", "a/b/y", "a/c", "b");
    for (String key : all.reversed()) {
      write(key, key.getBytes(UTF_8));
    }
    assertThat(keys("")).isEqualTo(all);
    assertThat(keys("a/")).containsExactly("a/b-1/x", "a/b/x", "a/b/y", "a/c");
    assertThat(keys("a/b")).containsExactly("a/b-1/x", "a/b/x", "a/b/y");
    assertThat(keys("a/b/x")).containsExactly("a/b/x");
    assertThat(keys("none/")).isEmpty();
    try (Stream<ObjectInfo> objects = store().list("a/c")) {
      assertThat(objects.toList()).extracting(ObjectInfo::size).containsExactly(3L);
    }
  }

  @Test
  void deletesWhatItIsTold() throws Exception {
    for (String key : List.of("a/1", "a/2", "a/3", "ab/1")) {
      write(key, new byte[10]);
    }
    store().delete(List.of("a/1", "a/2"));
    assertThat(keys("")).containsExactly("a/3", "ab/1");
    store().deleteAll("a/");
    assertThat(keys("")).containsExactly("ab/1");
    write("a/1", new byte[1]);
    assertThat(keys("a/")).containsExactly("a/1");
  }

  @Test
  void refusesKeysThatAreNone() {
    for (String key :
        List.of(
            "",
            "/",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            "a/",
            ".",
            "a/.b",
            "a\\b",
            "a\0b",
            "a b",
            "ä")) {
      assertThatThrownBy(() -> store().create(key))
          .as(key)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().open(key, 0))
          .as(key)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().stat(key))
          .as(key)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> store().deleteAll("a")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().deleteAll("/")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().deleteAll("../")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneOfManyWritersOfAKeyWinsWhole() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<ObjectInfo>> writers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        byte[] content = Integer.toString(i).repeat(100_000 + i).getBytes(UTF_8);
        writers.add(() -> write("a/contended", content));
      }
      List<ObjectInfo> written = new ArrayList<>();
      for (Future<ObjectInfo> writer : threads.invokeAll(writers)) {
        written.add(writer.get());
      }
      Optional<ObjectInfo> last = store().stat("a/contended");
      assertThat(written)
          .extracting(ObjectInfo::sha256Hex)
          .contains(last.orElseThrow().sha256Hex());
      assertThat(sha256(read("a/contended", 0))).isEqualTo(last.orElseThrow().sha256Hex());
    }
  }

  /** More than a part, and no multiple of one. */
  private static byte[] large() {
    byte[] content = new byte[2 * SMALL_PARTS.partSize() + 1_234_567];
    new Random(2).nextBytes(content);
    return content;
  }

  @Test
  void streamsAnObjectOfManyParts() throws Exception {
    byte[] content = large();
    ObjectInfo written;
    try (ObjectWriter writer = store().create("a/large")) {
      for (int at = 0; at < content.length; at += 100_000) {
        writer.write(content, at, Math.min(100_000, content.length - at));
      }
      assertThat(store().stat("a/large")).isEmpty();
      written = writer.commit();
    }
    assertThat(written.size()).isEqualTo(content.length);
    assertThat(written.sha256Hex()).isEqualTo(sha256(content));
    assertThat(read("a/large", 0)).isEqualTo(content);
    ObjectInfo found = store().verified("a/large").orElseThrow();
    assertThat(found.size()).isEqualTo(content.length);
    assertThat(found.sha256Hex()).isEqualTo(sha256(content));
    byte[] end = Arrays.copyOfRange(content, content.length - 10, content.length);
    assertThat(read("a/large", content.length - 10)).isEqualTo(end);
  }

  @Test
  void showsNothingOfAnUnfinishedObjectOfManyParts() throws Exception {
    try (ObjectWriter writer = store().create("a/half")) {
      writer.write(large());
    }
    assertThat(store().stat("a/half")).isEmpty();
    assertThat(keys("")).isEmpty();
  }

  @Test
  void endsLargeUploadsUnderADeletedFolder() throws Exception {
    if (!deletesUploads()) {
      return;
    }
    try (ObjectWriter writer = store().create("acme/shop/slug")) {
      writer.write(large());
      store().deleteAll("acme/shop/");
      assertThatThrownBy(writer::commit)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Storing acme/shop/slug failed: ");
    }
    assertThat(keys("")).isEmpty();
  }

  @Test
  void sweepsLargeUploadsThatGotNothingForLong() throws Exception {
    if (!deletesUploads()) {
      return;
    }
    try (ObjectWriter writer = store().create("acme/shop/slug")) {
      writer.write(large());
      store().sweep(Instant.now().plusSeconds(60));
      assertThatThrownBy(writer::commit)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Storing acme/shop/slug failed: ");
    }
    assertThat(keys("")).isEmpty();
  }

  @Test
  void sweepsNoUploadThatGoesOn() throws Exception {
    try (ObjectWriter writer = store().create("acme/shop/slug")) {
      writer.write(large());
      store().sweep(Instant.now().minusSeconds(3600));
      writer.commit();
    }
    assertThat(keys("")).containsExactly("acme/shop/slug");
  }

  /** Whether unfinished uploads can be found by others than their writer. */
  boolean deletesUploads() {
    return true;
  }

  @Test
  void readsParts() throws Exception {
    write("a/log", "0123456789".getBytes(UTF_8));
    assertThat(read("a/log", 2, 3)).isEqualTo("234".getBytes(UTF_8));
    assertThat(read("a/log", 0, 4)).isEqualTo("0123".getBytes(UTF_8));
    assertThat(read("a/log", 8, 100)).isEqualTo("89".getBytes(UTF_8));
    assertThat(read("a/log", 10, 100)).isEmpty();
    assertThatThrownBy(() -> read("a/none", 2, 3)).isInstanceOf(NoSuchFileException.class);
  }

  private byte[] read(String key, long from, long length) throws IOException {
    try (InputStream in = store().open(key, from, length)) {
      return in.readAllBytes();
    }
  }

  @Test
  void verifiesWhatIsStored() throws Exception {
    write("a/object", "content".getBytes(UTF_8));
    ObjectInfo found = store().verified("a/object").orElseThrow();
    assertThat(found.size()).isEqualTo(7);
    assertThat(found.sha256Hex()).isEqualTo(sha256("content".getBytes(UTF_8)));
    assertThat(store().verified("a/none")).isEmpty();
  }

  @Test
  void createsWhereNothingIsYet() throws Exception {
    write("a/first", "first".getBytes(UTF_8), PutOptions.ifNotThere());
    assertThatThrownBy(() -> write("a/first", "second".getBytes(UTF_8), PutOptions.ifNotThere()))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage("a/first");
    assertThat(read("a/first", 0)).isEqualTo("first".getBytes(UTF_8));
  }

  @Test
  void doesNotReplaceBySeveralParts() throws Exception {
    write("a/first", "first".getBytes(UTF_8));
    assertThatThrownBy(() -> write("a/first", large(), PutOptions.ifNotThere()))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(read("a/first", 0)).isEqualTo("first".getBytes(UTF_8));
  }

  @Test
  void oneOfManyIsFirst() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> writers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        byte[] content = Integer.toString(i).getBytes(UTF_8);
        writers.add(() -> first("a/lock", content));
      }
      int won = 0;
      for (Future<Boolean> writer : threads.invokeAll(writers)) {
        won += writer.get() ? 1 : 0;
      }
      assertThat(won).isBetween(1, decidesAtOnce() ? 1 : 8);
    }
  }

  /** Whether looking for an object and making it is one step for this server. */
  boolean decidesAtOnce() {
    return true;
  }

  private boolean first(String key, byte[] content) throws IOException {
    try {
      write(key, content, PutOptions.ifNotThere());
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Test
  void keepsMetadata() throws Exception {
    PutOptions how = PutOptions.replacing().with("build", "1m7yxmse2ppqj").with("made-by", "a b=c");
    for (byte[] content : List.of(new byte[0], new byte[100], large())) {
      write("a/object", content, how);
      ObjectInfo found = store().stat("a/object").orElseThrow();
      assertThat(found.metadata()).isEqualTo(how.metadata());
      assertThat(found.size()).isEqualTo(content.length);
      assertThat(read("a/object", 0)).isEqualTo(content);
      try (Stream<ObjectInfo> objects = store().list("a/")) {
        assertThat(objects.toList())
            .extracting(ObjectInfo::size)
            .containsExactly((long) content.length);
      }
    }
    write("a/object", new byte[1]);
    assertThat(store().stat("a/object").orElseThrow().metadata()).isEmpty();
  }

  @Test
  void copiesInsideTheStore() throws Exception {
    PutOptions how = PutOptions.replacing().with("build", "b1");
    write("a/source", "content".getBytes(UTF_8), how);
    write("b/copy", "old".getBytes(UTF_8));
    store().copy("a/source", "b/copy");
    store().delete(List.of("a/source"));
    assertThat(read("b/copy", 0)).isEqualTo("content".getBytes(UTF_8));
    ObjectInfo copy = store().stat("b/copy").orElseThrow();
    assertThat(copy.metadata()).isEqualTo(how.metadata());
    assertThat(copy.sha256Hex()).isEqualTo(sha256("content".getBytes(UTF_8)));
    assertThatThrownBy(() -> store().copy("a/source", "c/copy"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("a/source");
    assertThat(store().stat("c/copy")).isEmpty();
  }

  @Test
  void copiesAnObjectOfManyParts() throws Exception {
    byte[] content = large();
    write("a/source", content);
    store().copy("a/source", "b/copy");
    assertThat(read("b/copy", 0)).isEqualTo(content);
    assertThat(store().verified("b/copy").orElseThrow().sha256Hex()).isEqualTo(sha256(content));
  }

  @Test
  void listsAndDeletesMoreThanAPage() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<ObjectInfo>> writers = new ArrayList<>();
      for (int i = 0; i < 1_050; i++) {
        String key = "many/%04d".formatted(i);
        writers.add(() -> write(key, new byte[1]));
      }
      for (Future<ObjectInfo> writer : threads.invokeAll(writers)) {
        writer.get();
      }
    }
    write("other", new byte[1]);
    assertThat(keys("many/")).hasSize(1_050).isSorted().doesNotHaveDuplicates();
    store().deleteAll("many/");
    assertThat(keys("")).containsExactly("other");
  }
}
