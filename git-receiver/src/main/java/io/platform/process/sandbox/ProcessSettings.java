package io.platform.process.sandbox;

import io.platform.domain.ProcessSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * The settings of builders and apps on one machine.
 *
 * @param data the platform's data directory; {@code work} and {@code logs} in it are this package's
 *     own
 * @param builder what builds an app
 * @param runner what fetches a slug and becomes its process
 */
public record ProcessSettings(
    Path data,
    SandboxProgram builder,
    SandboxProgram runner,
    Isolation isolation,
    Builds builds,
    Apps apps) {

  /** All defaults. */
  public static ProcessSettings of(Path data, SandboxProgram builder, SandboxProgram runner) {
    return new ProcessSettings(
        data, builder, runner, Isolation.WHERE_POSSIBLE, Builds.DEFAULTS, Apps.DEFAULTS);
  }

  /** These settings, with another isolation. */
  public ProcessSettings with(Isolation changed) {
    return new ProcessSettings(data, builder, runner, changed, builds, apps);
  }

  /** These settings, with other ones for builds. */
  public ProcessSettings with(Builds changed) {
    return new ProcessSettings(data, builder, runner, isolation, changed, apps);
  }

  /** These settings, with other ones for apps. */
  public ProcessSettings with(Apps changed) {
    return new ProcessSettings(data, builder, runner, isolation, builds, changed);
  }

  /** Whether builds and apps run in bubblewrap sandboxes. */
  public enum Isolation {
    /** Where bubblewrap works; elsewhere without, and the server warns at its start. */
    WHERE_POSSIBLE,
    /** The platform does not start where bubblewrap does not work. */
    REQUIRED,
    /** Never. */
    NONE
  }

  /**
   * What one process may take.
   *
   * @param nice how much it yields to others, 0 to 19
   * @param openFiles the limit of open files, hard and soft, of each process
   * @param dataMegabytes the limit of each process's data segment (RLIMIT_DATA); 0 is none
   * @param processes how many processes and threads a sandbox may have (RLIMIT_NPROC); 0 is any
   * @param diskBytes how much its directories may take together; 0 is any
   * @param size memory and CPU of all its processes together, where control groups can limit them
   */
  public record Limits(
      int nice,
      int openFiles,
      long dataMegabytes,
      int processes,
      long diskBytes,
      ProcessSize size) {
    /** As many as container runtimes allow. */
    static final int MOST_PROCESSES = 2048;

    /** Any number of processes, any amount of disk. */
    public Limits(int nice, int openFiles, long dataMegabytes) {
      this(nice, openFiles, dataMegabytes, 0, 0);
    }

    /** Any amount of memory and CPU. */
    public Limits(int nice, int openFiles, long dataMegabytes, int processes, long diskBytes) {
      this(nice, openFiles, dataMegabytes, processes, diskBytes, ProcessSize.STANDARD);
    }

    /** These limits, with another size. */
    public Limits withSize(ProcessSize changed) {
      return new Limits(nice, openFiles, dataMegabytes, processes, diskBytes, changed);
    }

    /** These limits, with another one for the disk. */
    public Limits withDisk(long bytes) {
      return new Limits(nice, openFiles, dataMegabytes, processes, bytes, size);
    }

    /** Refuses what the system would. */
    public Limits {
      if (processes < 0 || diskBytes < 0) {
        throw new IllegalArgumentException(
            "limits: processes %d, disk %d (0 or more)".formatted(processes, diskBytes));
      }
      if (nice < 0 || nice > 19 || openFiles < 64 || dataMegabytes < 0) {
        throw new IllegalArgumentException(
            "limits: nice is %d (0 to 19), open files %d (64 or more), data %d MB (0 or more)"
                .formatted(nice, openFiles, dataMegabytes));
      }
    }
  }

  /**
   * Builders.
   *
   * @param concurrent how many run at a time; others wait for their turn
   * @param grace from SIGTERM to SIGKILL when one is canceled
   */
  public record Builds(int concurrent, Duration grace, Limits limits) {
    /** Two at a time, 10 seconds, 4,096 open files. */
    public static final Builds DEFAULTS =
        new Builds(
            2, Duration.ofSeconds(10), new Limits(5, 4096, 0, Limits.MOST_PROCESSES, 10L << 30));

    /** Refuses to build nothing ever. */
    public Builds {
      if (concurrent < 1) {
        throw new IllegalArgumentException("concurrent builds: " + concurrent + " (1 or more)");
      }
    }
  }

  /**
   * Apps.
   *
   * @param boot how long a new web process may take until it accepts connections on its port
   * @param steady how long a process of another type must run until it counts as up
   * @param drain how long the requests of an old release may take, before it is told to stop
   * @param grace from SIGTERM to SIGKILL
   * @param starts how many start at the same time
   */
  public record Apps(
      Duration boot,
      Duration steady,
      Duration drain,
      Duration grace,
      RestartPauses restarts,
      Ports ports,
      Logs logs,
      Limits limits,
      Starts starts) {
    /** These settings, with other limits. */
    public Apps with(Limits changed) {
      return new Apps(boot, steady, drain, grace, restarts, ports, logs, changed, starts);
    }

    /** These settings, with another number of starts at a time. */
    public Apps with(Starts changed) {
      return new Apps(boot, steady, drain, grace, restarts, ports, logs, limits, changed);
    }

    /** As on Heroku where it has the same: 60 seconds to boot, 30 to stop. */
    public static final Apps DEFAULTS =
        new Apps(
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            new RestartPauses(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofMinutes(1)),
            new Ports(20_000, 29_999),
            new Logs(32L << 20, Duration.ofDays(7), 30),
            new Limits(5, 16_384, 0, Limits.MOST_PROCESSES, 10L << 30),
            Starts.ofMachine());
  }

  /**
   * How many processes of live releases start at the same time, as they all do after a restart of
   * the server: more at once would take the processor from it for so long that nobody gets an
   * answer.
   *
   * @param most how many
   * @param longest how long a process counts as one that starts, at most: one that takes longer
   *     does not hold up others
   */
  public record Starts(int most, Duration longest) {
    /** Refuses to start nothing ever. */
    public Starts {
      if (most < 1) {
        throw new IllegalArgumentException("starts at the same time: " + most + " (1 or more)");
      }
    }

    /** Two for each processor, each for a second. */
    public static Starts ofMachine() {
      return new Starts(2 * Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(1));
    }
  }

  /**
   * When a crashed app is started again.
   *
   * @param first the wait after the first crash; it doubles with each further one
   * @param most the longest wait
   * @param steady an app that was up for so long starts from {@code first} again
   */
  public record RestartPauses(Duration first, Duration most, Duration steady) {
    /** The wait after this one, for an app that crashes again and again. */
    public Duration after(Duration wait) {
      Duration doubled = wait.multipliedBy(2);
      return doubled.compareTo(most) > 0 ? most : doubled;
    }
  }

  /**
   * The ports that apps get: below those that systems use for outgoing connections.
   *
   * @param reserved ports in the range that no app gets, such as the platform's own
   */
  public record Ports(int first, int last, Set<Integer> reserved) {
    /** Refuses an empty range. */
    public Ports {
      if (first < 1024 || last > 65_535 || last < first) {
        throw new IllegalArgumentException(
            "the ports of apps (PLATFORM_APP_PORT_FIRST, PLATFORM_APP_PORT_LAST) are no range: %d to %d"
                .formatted(first, last));
      }
      reserved = Set.copyOf(reserved);
    }

    /** All ports of a range. */
    public Ports(int first, int last) {
      this(first, last, Set.of());
    }
  }

  /**
   * What apps write.
   *
   * @param bytes most bytes of an app's log; the oldest lines go first
   * @param age how long a line is kept
   * @param lastLines how many lines a failed roll-out shows
   */
  public record Logs(long bytes, Duration age, int lastLines) {
    private static final long LEAST = 1 << 20;
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /** Refuses logs that would be gone before somebody can read them. */
    public Logs {
      if (bytes < LEAST) {
        throw new IllegalArgumentException(
            "a log of %d bytes is too small; choose 1m or more".formatted(bytes));
      }
      if (age.compareTo(SHORTEST) < 0) {
        throw new IllegalArgumentException("lines are kept for 1m or more");
      }
    }
  }
}
