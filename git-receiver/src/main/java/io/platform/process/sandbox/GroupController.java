package io.platform.process.sandbox;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The control groups' controllers, and the files that hold their limits (docs.kernel.org:
 * admin-guide/cgroup-v1, admin-guide/cgroup-v2).
 */
enum GroupController {
  /** Processes and threads. */
  PIDS {
    @Override
    Map<String, String> files(ProcessSettings.Limits limits, boolean unified) {
      return limits.processes() == 0
          ? Map.of()
          : Map.of("pids.max", Integer.toString(limits.processes()));
    }
  },
  /** Bytes of memory; none of it may be swapped out. */
  MEMORY {
    @Override
    Map<String, String> files(ProcessSettings.Limits limits, boolean unified) {
      Map<String, String> files = new LinkedHashMap<>();
      limits
          .size()
          .memory()
          .map(Object::toString)
          .ifPresent(bytes -> {
            if (unified) {
              files.put("memory.max", bytes);
              files.put(OPTIONAL + "memory.swap.max", "0");
              files.put(OPTIONAL + "memory.oom.group", "1");
            } else {
              files.put("memory.limit_in_bytes", bytes);
              files.put(OPTIONAL + "memory.memsw.limit_in_bytes", bytes);
            }
          });
      return files;
    }
  },
  /** The share of time on all processors together. */
  CPU {
    @Override
    Map<String, String> files(ProcessSettings.Limits limits, boolean unified) {
      Map<String, String> files = new LinkedHashMap<>();
      limits
          .size()
          .milliCpu()
          .ifPresent(milli -> {
            long quota = milli * PERIOD / 1000;
            if (unified) {
              files.put("cpu.max", quota + " " + PERIOD);
            } else {
              files.put("cpu.cfs_period_us", Long.toString(PERIOD));
              files.put("cpu.cfs_quota_us", Long.toString(quota));
            }
          });
      return files;
    }
  };

  /** Begins the names of files that not every kernel has. */
  static final String OPTIONAL = "?";

  /** In microseconds; the kernel's default. */
  private static final long PERIOD = 100_000;

  /**
   * The files of a group and what to write into them, in this order; none where there is no limit.
   *
   * @param unified whether it is a group of version 2
   */
  abstract Map<String, String> files(ProcessSettings.Limits limits, boolean unified);

  /** As the kernel calls it. */
  String kernelName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
