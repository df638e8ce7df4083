package io.platform.process.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Numbers of Linux system calls, by architecture. Source: {@code asm/unistd_64.h} and {@code
 * asm-generic/unistd.h} of Linux 6.13.
 */
enum SystemCalls {
  X86_64(0xC000003E, 336, 0),
  AARCH64(0xC00000B7, 295, 1);

  /** From here on calls have the same number everywhere. */
  static final int COMMON = 424;

  /** The newest call that the list below was made with ({@code removexattrat}). */
  static final int LAST = 466;

  /**
   * What the default profile of container runtimes (Moby's {@code seccomp/default.json}) refuses to
   * a process without capabilities, and beside it {@code ptrace}, {@code process_vm_*} and {@code
   * name_to_handle_at}, which no app needs. Name, x86_64, aarch64; a hyphen where there is none.
   */
  private static final String REFUSED =
      """
      mount 165 40
      umount2 166 39
      pivot_root 155 41
      chroot 161 51
      open_tree 428 428
      move_mount 429 429
      fsopen 430 430
      fsconfig 431 431
      fsmount 432 432
      fspick 433 433
      mount_setattr 442 442
      unshare 272 97
      setns 308 268
      add_key 248 217
      request_key 249 218
      keyctl 250 219
      create_module 174 -
      init_module 175 105
      delete_module 176 106
      finit_module 313 273
      get_kernel_syms 177 -
      query_module 178 -
      kexec_load 246 104
      kexec_file_load 320 294
      reboot 169 142
      swapon 167 224
      swapoff 168 225
      acct 163 89
      quotactl 179 60
      quotactl_fd 443 443
      nfsservctl 180 42
      settimeofday 164 170
      clock_settime 227 112
      sethostname 170 161
      setdomainname 171 162
      iopl 172 -
      ioperm 173 -
      vhangup 153 58
      syslog 103 116
      ptrace 101 117
      process_vm_readv 310 270
      process_vm_writev 311 271
      kcmp 312 272
      pidfd_getfd 438 438
      process_madvise 440 440
      perf_event_open 298 241
      bpf 321 280
      userfaultfd 323 282
      lookup_dcookie 212 18
      fanotify_init 300 262
      name_to_handle_at 303 264
      open_by_handle_at 304 265
      io_uring_setup 425 425
      io_uring_enter 426 426
      io_uring_register 427 427
      mbind 237 235
      set_mempolicy 238 237
      get_mempolicy 239 236
      migrate_pages 256 238
      move_pages 279 239
      set_mempolicy_home_node 450 450
      lsm_get_self_attr 459 459
      lsm_set_self_attr 460 460
      lsm_list_modules 461 461
      uselib 134 -
      ustat 136 -
      sysfs 139 -
      _sysctl 156 -
      getpmsg 181 -
      putpmsg 182 -
      afs_syscall 183 -
      tuxcall 184 -
      security 185 -
      vserver 236 -
      """;

  private final int auditArchitecture;
  private final int unused;
  private final int column;

  SystemCalls(int auditArchitecture, int unused, int column) {
    this.auditArchitecture = auditArchitecture;
    this.unused = unused;
    this.column = column;
  }

  /** Those of the machine that this runs on; none where its architecture is not in the tables. */
  static Optional<SystemCalls> ofThisMachine() {
    return switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> Optional.of(X86_64);
      case "aarch64" -> Optional.of(AARCH64);
      default -> Optional.empty();
    };
  }

  /** As {@code linux/audit.h} has it: a program may make calls of another architecture, too. */
  int auditArchitecture() {
    return auditArchitecture;
  }

  /** From here to {@link #COMMON} there was no call yet. */
  int unused() {
    return unused;
  }

  /** What is always refused. */
  List<Integer> refused() {
    List<Integer> numbers = new ArrayList<>();
    REFUSED
        .lines()
        .map(line -> line.split(" ", -1)[column + 1])
        .forEach(number -> {
          if (!number.equals("-")) {
            numbers.add(Integer.valueOf(number));
          }
        });
    return numbers;
  }

  int cloneCall() {
    return this == X86_64 ? 56 : 220;
  }

  int clone3Call() {
    return 435;
  }

  int socketCall() {
    return this == X86_64 ? 41 : 198;
  }

  int personalityCall() {
    return this == X86_64 ? 135 : 92;
  }

  int ioctlCall() {
    return this == X86_64 ? 16 : 29;
  }
}
