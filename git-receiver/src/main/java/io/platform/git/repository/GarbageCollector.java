package io.platform.git.repository;

import io.platform.commons.file.Directories;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.Set;
import org.eclipse.jgit.api.PackRefsCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.pack.PackConfig;

/**
 * Writes all reachable objects into one pack and deletes all others at once; no one else may add
 * objects or change refs meanwhile.
 */
final class GarbageCollector {
  private static final long MIB = 1024 * 1024;

  private GarbageCollector() {}

  /** Whether so many packs have come together that it is worth the work. */
  static boolean isDue(Path gitDir, int packs) {
    try {
      return Directories.list(gitDir.resolve("objects/pack")).stream()
              .filter(f -> f.toString().endsWith(".pack"))
              .count()
          >= packs;
    } catch (IOException e) {
      return false;
    }
  }

  static void collect(FileRepository repository) throws IOException {
    repository.getConfig().setString(ConfigConstants.CONFIG_GC_SECTION, null, "pruneexpire", "now");
    PackConfig packing = new PackConfig(repository);
    packing.setThreads(1);
    packing.setBuildBitmaps(false);
    packing.setDeltaSearchMemoryLimit(16 * MIB);
    packing.setDeltaCacheSize(4 * MIB);
    packing.setBigFileThreshold((int) (4 * MIB));
    GC gc = new GC(repository);
    gc.setPackConfig(packing);
    gc.setPackExpireAgeMillis(0);
    gc.setExpire(Instant.now());
    try {
      new PackRefsCommand(repository).setAll(true).call();
      gc.repack();
      gc.prune(Set.of());
    } catch (ParseException | GitAPIException e) {
      throw new IOException(e);
    }
  }
}
