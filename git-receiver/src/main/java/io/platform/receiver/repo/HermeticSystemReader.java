package io.platform.receiver.repo;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps JGit away from the operator's home, system configuration and GIT_* variables, for reading
 * and for writing.
 */
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
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  /** A configuration without a file. */
  private static final class Nothing extends FileBasedConfig {
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
}
