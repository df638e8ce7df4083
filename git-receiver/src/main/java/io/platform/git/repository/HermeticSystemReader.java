package io.platform.git.repository;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/** Isolates JGit from the operator's home, the system configuration and GIT_* variables. */
final class HermeticSystemReader extends SystemReader.Delegate {
  private static final long MIB = 1024 * 1024;

  private HermeticSystemReader(SystemReader delegate) {
    super(delegate);
  }

  /** JGit keeps its settings per process: this sets them. A repeat does nothing. */
  static synchronized void install() {
    if (SystemReader.getInstance() instanceof HermeticSystemReader) {
      return;
    }
    SystemReader.setInstance(new HermeticSystemReader(SystemReader.getInstance()));
    long heap = Runtime.getRuntime().maxMemory();
    WindowCacheConfig windows = new WindowCacheConfig();
    windows.setPackedGitWindowSize(64 * 1024);
    windows.setPackedGitLimit(Math.clamp(heap / 8, 16 * MIB, 128 * MIB));
    // Larger blobs are streamed, smaller ones are held whole.
    windows.setStreamFileThreshold((int) Math.clamp(heap / 16, 4 * MIB, 50 * MIB));
    windows.setDeltaBaseCacheLimit((int) Math.clamp(heap / 16, 4 * MIB, 32 * MIB));
    windows.install();
  }

  @Override
  public @Nullable String getenv(String variable) {
    return null;
  }

  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
    return new FileTimes(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  /** A configuration without a file. */
  private static class Nothing extends FileBasedConfig {
    @SuppressWarnings("NullAway") // JGit's own empty configuration has no file either
    Nothing(@Nullable Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }

  /**
   * The file in which JGit keeps how coarse a file system's times are. It would measure them for
   * three seconds otherwise, with files in the repository; Linux counts in steps of at most 10 ms,
   * and to claim more only makes JGit read twice what changed a moment ago.
   */
  private static final class FileTimes extends Nothing {
    private static final long COARSEST_NANOS = 20_000_000;

    FileTimes(@Nullable Config parent, FS fs) {
      super(parent, fs);
    }

    @Override
    public long getTimeUnit(
        String section, @Nullable String subsection, String name, long otherwise, TimeUnit unit) {
      return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
          ? unit.convert(COARSEST_NANOS, TimeUnit.NANOSECONDS)
          : super.getTimeUnit(section, subsection, name, otherwise, unit);
    }
  }
}
