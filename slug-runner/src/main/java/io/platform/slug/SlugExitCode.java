package io.platform.slug;

import java.util.Arrays;
import java.util.Optional;

/**
 * The exit codes of builder and runner. The numbers are stable: they are documented, and people and
 * scripts read them. Those of the builder are below 100, those of the runner from 101 to 119, clear
 * of what a shell gives (126, 127, 128 + signal).
 */
public enum SlugExitCode {
  OK(0, Step.REPORT, Fault.NOBODY),
  BAD_ENVIRONMENT(2, Step.SETUP, Fault.PLATFORM),

  JOB_REFUSED(10, Step.FETCH, Fault.PLATFORM),
  SOURCE_UNAVAILABLE(11, Step.FETCH, Fault.PLATFORM),
  SOURCE_DAMAGED(12, Step.FETCH, Fault.PLATFORM),
  SOURCE_ESCAPES(13, Step.FETCH, Fault.USER),
  SOURCE_TOO_LARGE(14, Step.FETCH, Fault.USER),

  NO_BUILDPACK(20, Step.DETECT, Fault.USER),
  PROCFILE_INVALID(21, Step.DETECT, Fault.USER),
  RESERVED_PATH(22, Step.DETECT, Fault.USER),
  WEB_LOST(23, Step.DETECT, Fault.USER),
  APP_JSON_INVALID(24, Step.DETECT, Fault.USER),
  CONFIG_REQUIRED(25, Step.DETECT, Fault.USER),
  BUILDPACK_UNUSABLE(26, Step.DETECT, Fault.USER),

  COMPILE_FAILED(30, Step.COMPILE, Fault.USER),
  NO_PROCESS_TYPES(31, Step.COMPILE, Fault.USER),
  BUILDPACK_BROKEN(32, Step.COMPILE, Fault.PLATFORM),

  SLUG_TOO_LARGE(40, Step.PACK, Fault.USER),

  UPLOAD_FAILED(50, Step.UPLOAD, Fault.PLATFORM),

  REPORT_NOT_DELIVERED(60, Step.REPORT, Fault.PLATFORM),
  BUILD_ENDED(61, Step.REPORT, Fault.NOBODY),

  DISK_FULL(70, Step.COMPILE, Fault.USER),
  DEADLINE(71, Step.COMPILE, Fault.USER),

  INTERNAL(80, Step.SETUP, Fault.PLATFORM),

  RUNNER_BAD_ENVIRONMENT(101, Step.SETUP, Fault.PLATFORM),
  RELEASE_REFUSED(102, Step.FETCH, Fault.PLATFORM),
  SLUG_UNAVAILABLE(103, Step.FETCH, Fault.PLATFORM),
  SLUG_DAMAGED(104, Step.FETCH, Fault.PLATFORM),
  SLUG_UNSAFE(105, Step.FETCH, Fault.PLATFORM),
  UNKNOWN_PROCESS_TYPE(106, Step.START, Fault.USER),
  RUNNER_DISK_FULL(107, Step.FETCH, Fault.USER),
  EXEC_FAILED(108, Step.START, Fault.PLATFORM),
  RUNNER_INTERNAL(109, Step.START, Fault.PLATFORM),

  /**
   * Ended by SIGTERM: the builder kills what it started, reports nothing, and leaves as the JVM
   * does.
   */
  TERMINATED(143, Step.SETUP, Fault.NOBODY);

  /** Who can do something about it. */
  public enum Fault {
    /** The pusher: something in the pushed tree, or what it does when built. */
    USER,
    /** The operator of the platform. */
    PLATFORM,
    NOBODY
  }

  private final int code;
  private final Step step;
  private final Fault fault;

  SlugExitCode(int code, Step step, Fault fault) {
    this.code = code;
    this.step = step;
    this.fault = fault;
  }

  /** As the process ends with, and as the report has it. */
  public int code() {
    return code;
  }

  /**
   * Where it comes from; disk full and deadline may come from any step, an unusable buildpack also
   * from compiling.
   */
  public Step step() {
    return step;
  }

  public Fault fault() {
    return fault;
  }

  public static Optional<SlugExitCode> of(int code) {
    return Arrays.stream(values()).filter(known -> known.code == code).findFirst();
  }
}
