package io.platform.git.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.platform.commons.file.Directories;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Whatever a pack has: it is refused for a reason that the pusher can be told, or every object of
 * it can be read by its name; and nothing but packs stays.
 */
class PackReceiverFuzzTest {
  private static final int MIB = 1024 * 1024;
  private static final PackLimits LIMITS =
      new PackLimits(MIB, MIB, MIB, MIB, MIB, MIB, 1000, 50, 16 * MIB, 16 * MIB, 64 * MIB);
  private static final ReceiveWatch NOBODY =
      new ReceiveWatch() {
        @Override
        public void check() {}

        @Override
        public void waiting() {}
      };

  private static Path scratch = Path.of("");
  private static Path repository = Path.of("");

  @BeforeAll
  static void makeRepository() throws IOException {
    scratch = Files.createTempDirectory("packs");
    repository = scratch.resolve("template.git");
    try (Repository template =
        new FileRepositoryBuilder().setGitDir(repository.toFile()).setBare().build()) {
      template.create(true);
    }
  }

  @AfterAll
  static void deleteDirectory() throws IOException {
    Directories.delete(scratch);
  }

  /** A pack without the digest at its end, which is always right. */
  @FuzzTest(maxDuration = "1m", maxExecutions = 100_000)
  void pack(byte[] bytes) throws Exception {
    byte[] pack = Arrays.copyOf(bytes, bytes.length + Constants.OBJECT_ID_LENGTH);
    byte[] digest = Constants.newMessageDigest().digest(bytes);
    System.arraycopy(digest, 0, pack, bytes.length, digest.length);
    receive(pack);
  }

  /**
   * The objects of a pack, uncompressed, so that the fuzzer need not learn zlib. Each has four
   * bytes: its kind, how much more its header claims than it has, which of those before it is its
   * base, how long it is; and then its content.
   */
  @FuzzTest(maxDuration = "1m", maxExecutions = 50_000)
  void objects(byte[] bytes) throws Exception {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    PackBuilder pack = new PackBuilder();
    List<Integer> positions = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of("1".repeat(40)));
    while (in.remaining() >= 4) {
      int kind = Math.floorMod(in.get(), 7);
      int claimed = in.get();
      int base = Byte.toUnsignedInt(in.get());
      byte[] content = new byte[Math.min(Byte.toUnsignedInt(in.get()), in.remaining())];
      in.get(content);
      int position = pack.position();
      switch (kind) {
        case 5 ->
            pack.offsetDelta(
                positions.isEmpty() ? position : positions.get(base % positions.size()), content);
        case 6 -> pack.namedDelta(names.get(base % names.size()), content);
        default -> {
          int type = Math.max(1, kind);
          if (claimed == 0) {
            names.add(pack.object(type, content));
          } else {
            pack.claim(
                type, Math.max(0, content.length + (long) claimed * claimed * claimed), content);
          }
        }
      }
      positions.add(position);
    }
    receive(pack.build());
  }

  private static void receive(byte[] pack) throws Exception {
    Path objects = Files.createDirectories(scratch.resolve("objects"));
    try (FileRepository receiving =
        (FileRepository)
            new FileRepositoryBuilder()
                .setGitDir(repository.toFile())
                .setObjectDirectory(objects.toFile())
                .setBare()
                .build()) {
      try {
        new PackReceiver(LIMITS)
            .receive(
                new PackReceiver.Delivery(
                    new ByteArrayInputStream(pack),
                    receiving,
                    List.of(),
                    new ObjectChecker(),
                    NOBODY));
      } catch (PackRefused
          | TooLargePackException
          | TooLargeObjectInPackException
          | EOFException
          | CorruptObjectException
          | MissingObjectException
          | SubmoduleValidationException e) {
        assertThat(e).isNotNull();
      }
      requireReadable(receiving);
      try (Stream<Path> left = Files.list(objects)) {
        assertThat(left.map(path -> path.getFileName().toString())).isSubsetOf("pack", "info");
      }
    } finally {
      Directories.delete(objects);
    }
  }

  private static void requireReadable(FileRepository receiving) throws IOException {
    ObjectDirectory directory = receiving.getObjectDatabase();
    try (ObjectReader reader = directory.newReader();
        ObjectInserter.Formatter hash = new ObjectInserter.Formatter()) {
      for (Pack pack : directory.getPacks()) {
        for (PackIndex.MutableEntry entry : pack) {
          ObjectId id = entry.toObjectId();
          ObjectLoader object = reader.open(id);
          assertThat(hash.idFor(object.getType(), object.getCachedBytes(MIB))).isEqualTo(id);
        }
      }
    }
  }
}
