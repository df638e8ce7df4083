package io.platform.local;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/** The text that {@code platform up} prints once it is ready. */
final class Banner {
  private final LocalConfig config;
  private final InstalledPrograms programs;
  private final Path data;

  Banner(LocalConfig config, InstalledPrograms programs, Path data) {
    this.config = config;
    this.programs = programs;
    this.data = data;
  }

  void print(LocalPlatform platform, PrintStream out) {
    Optional<String> password = platform.firstPassword();
    out.println();
    out.printf("Platform is up at %s (data in %s)%n", config.publicUrl(), data);
    out.println();
    out.printf("  Put the command on your PATH:  export PATH=\"%s:$PATH\"%n", programs.root());
    out.printf("  Log in:                        platform login %s%n", config.publicUrl());
    out.printf("                                 e-mail    %s%n", AdminPassword.EMAIL);
    if (password.isPresent()) {
      out.printf("                                 password  %s%n", password.get());
      out.printf(
          "                                 (shown this once; kept in %s)%n",
          data.resolve("admin-password"));
    } else {
      out.printf(
          "                                 password  in %s%n", data.resolve("admin-password"));
    }
    out.println(
        "  Then, in an app's repository:  platform create my-app && git push platform main");
    platform
        .tlsPort()
        .ifPresent(port -> out.printf("  HTTPS for apps' domains:       port %d%n", port));
    platform
        .metrics()
        .ifPresent(
            address -> out.printf("  Metrics:                       http://%s/metrics%n", address));
    platform
        .warning()
        .ifPresent(warning -> {
          out.println();
          warning.lines().forEach(line -> out.println("  Warning: " + line));
        });
    out.println();
    out.println("Ctrl-C stops it.");
    out.flush();
  }
}
