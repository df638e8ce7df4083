package io.platform.process.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The system's directories that a sandbox shows: programs, libraries and what they need of /etc;
 * nothing secret.
 */
final class SandboxMounts {
  private static final List<String> TOP = List.of("bin", "sbin", "lib", "lib64", "lib32", "libx32");

  /** Of certificates only the public ones: /etc/ssl/private and its kind stay outside. */
  private static final List<String> ETC =
      List.of(
          "alternatives",
          "ca-certificates",
          "crypto-policies",
          "debian_version",
          "fonts",
          "gai.conf",
          "host.conf",
          "hosts",
          "ld.so.cache",
          "ld.so.conf",
          "ld.so.conf.d",
          "localtime",
          "magic",
          "mime.types",
          "npmrc",
          "nsswitch.conf",
          "os-release",
          "perl",
          "pip.conf",
          "pki/ca-trust",
          "pki/tls/certs",
          "protocols",
          "resolv.conf",
          "services",
          "ssl/certs",
          "ssl/openssl.cnf",
          "timezone");

  private SandboxMounts() {}

  /**
   * The part of bwrap's options that is the same for all. {@code own} gets the few files that
   * replace the system's.
   */
  static List<String> arguments(Path data, Path own) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--ro-bind", "/usr", "/usr"));
    if (data.startsWith("/usr")) {
      arguments.addAll(List.of("--tmpfs", data.toString()));
    }
    for (String name : TOP) {
      Path path = Path.of("/", name);
      if (Files.isSymbolicLink(path)) {
        arguments.addAll(
            List.of("--symlink", Files.readSymbolicLink(path).toString(), path.toString()));
      } else if (Files.isDirectory(path)) {
        arguments.addAll(List.of("--ro-bind", path.toString(), path.toString()));
      }
    }
    for (Path path : etc()) {
      arguments.addAll(List.of("--ro-bind", path.toRealPath().toString(), path.toString()));
    }
    Files.createDirectories(own);
    write(
        arguments,
        own,
        "passwd",
        "app:x:1000:1000::/app:/bin/bash\nnobody:x:65534:65534::/:/usr/sbin/nologin\n");
    write(arguments, own, "group", "app:x:1000:\nnogroup:x:65534:\n");
    arguments.addAll(List.of("--dev", "/dev", "--proc", "/proc", "--dir", "/run", "--dir", "/var"));
    arguments.addAll(List.of("--symlink", "../tmp", "/var/tmp"));
    arguments.addAll(
        List.of("--unshare-user", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL"));
    arguments.addAll(
        List.of("--unshare-pid", "--unshare-ipc", "--unshare-uts", "--hostname", "app"));
    arguments.addAll(List.of("--new-session", "--die-with-parent"));
    return List.copyOf(arguments);
  }

  /** Debian keeps a JDK's settings in /etc/java-*. */
  private static List<Path> etc() throws IOException {
    Path etc = Path.of("/etc");
    try (Stream<Path> java =
        Files.find(etc, 1, (path, is) -> path.getFileName().toString().startsWith("java-"))) {
      return Stream.concat(ETC.stream().map(etc::resolve), java).filter(Files::isReadable).toList();
    }
  }

  private static void write(List<String> arguments, Path own, String name, String text)
      throws IOException {
    Path file = Files.writeString(own.resolve(name), text);
    arguments.addAll(List.of("--ro-bind", file.toString(), "/etc/" + name));
  }
}
