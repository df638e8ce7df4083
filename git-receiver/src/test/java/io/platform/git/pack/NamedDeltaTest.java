package io.platform.git.pack;

import static io.platform.git.pack.PackBuilder.BLOB;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deltas that name their bases, as clients send them that do not use offsets in the pack. */
class NamedDeltaTest {
  private static final int CHAIN = 8;

  /** Where names meet in the index is chance, so that one pack is no proof. */
  private static final int PACKS = 50;

  private static final PackLimits LIMITS = PackLimits.forHeap(256L << 20);
  private static final ReceiveWatch NOBODY =
      new ReceiveWatch() {
        @Override
        public void check() {}

        @Override
        public void waiting() {}
      };

  @TempDir Path temp;

  @Test
  void rebuildsDeltasUponDeltas() throws Exception {
    for (int i = 0; i < PACKS; i++) {
      PackBuilder pack = new PackBuilder();
      String last = chain(pack, i);
      try (FileRepository repository =
          (FileRepository)
              new FileRepositoryBuilder()
                  .setGitDir(temp.resolve(i + ".git").toFile())
                  .setBare()
                  .build()) {
        repository.create(true);
        new PackReceiver(LIMITS)
            .receive(
                new PackReceiver.Delivery(
                    new ByteArrayInputStream(pack.build()),
                    repository,
                    List.of(),
                    new ObjectChecker(),
                    NOBODY));
        assertThat(repository.open(ObjectId.fromString(last)).getBytes())
            .isEqualTo(content(i, CHAIN));
      }
    }
  }

  /** The name of the last of the chain. */
  private static String chain(PackBuilder pack, int number) throws Exception {
    String base = pack.object(BLOB, content(number, 0));
    for (int link = 1; link <= CHAIN; link++) {
      byte[] content = content(number, link);
      pack.namedDelta(
          base,
          PackBuilder.delta(
              content(number, link - 1).length, content.length, PackBuilder.insert(content)));
      base = PackBuilder.name(BLOB, content);
    }
    return base;
  }

  private static byte[] content(int number, int link) {
    return "%d %d".formatted(number, link).getBytes(US_ASCII);
  }
}
