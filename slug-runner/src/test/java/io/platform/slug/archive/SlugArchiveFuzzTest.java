package io.platform.slug.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.github.luben.zstd.Zstd;
import io.platform.commons.file.Directories;
import io.platform.slug.BadFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Whatever a slug or a source has: it is unpacked below its directory or refused with a sentence,
 * and nothing is written elsewhere.
 */
class SlugArchiveFuzzTest {
  private static final int MAX_BYTES = 1 << 20;

  /** The archive that is in a slug, so that the fuzzer need not learn to compress. */
  @FuzzTest(maxDuration = "1m", maxExecutions = 30_000)
  void slug(byte[] tar) throws IOException {
    staysInside(Zstd.compress(tar, 1), SlugArchive::unpack);
  }

  /** The same for a pushed source. */
  @FuzzTest(maxDuration = "1m", maxExecutions = 50_000)
  void source(byte[] tar) throws IOException {
    staysInside(Zstd.compress(tar, 1), (in, into) -> TreeArchive.unpackSource(in, into, MAX_BYTES));
  }

  /** The compression itself. */
  @FuzzTest(maxDuration = "1m", maxExecutions = 120_000)
  void compressed(byte[] archive) throws IOException {
    staysInside(archive, SlugArchive::unpack);
  }

  private interface Unpacking {
    void unpack(InputStream in, Path into) throws IOException;
  }

  private static void staysInside(byte[] archive, Unpacking unpacking) throws IOException {
    Path scratch = Files.createTempDirectory("unpacked");
    try {
      Path into = Files.createDirectory(scratch.resolve("app"));
      Files.writeString(scratch.resolve("outside"), "as it was");
      try {
        unpacking.unpack(new ByteArrayInputStream(archive), into);
      } catch (BadFormatException
          | UnsafeEntryException
          | TooLargeException
          | TreeLimitException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
      try (Stream<Path> beside = Files.list(scratch)) {
        assertThat(beside).containsExactlyInAnyOrder(into, scratch.resolve("outside"));
      }
      assertThat(scratch.resolve("outside")).hasContent("as it was");
      assertThat(Files.isDirectory(into, LinkOption.NOFOLLOW_LINKS)).isTrue();
    } finally {
      Directories.delete(scratch);
    }
  }
}
