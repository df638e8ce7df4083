package io.platform.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** On which ports a tree of processes listens, as /proc has it. */
final class ListeningPorts {
  /**
   * Of /proc/net/tcp: local address is field 2, state 4 (0A is LISTEN), inode 10; see
   * proc_net_tcp.txt of the kernel.
   */
  private static final String LISTEN = "0A";

  private ListeningPorts() {}

  /** One that is not the port given, if there is any. */
  static OptionalInt other(ProcessHandle root, int port) {
    Set<String> sockets = new HashSet<>();
    Stream.concat(Stream.of(root), root.descendants())
        .forEach(process -> addSockets(process.pid(), sockets));
    return Stream.of("tcp", "tcp6")
        .flatMap(table -> lines(Path.of("/proc/net", table)))
        .map(line -> line.strip().split("\\s+"))
        .filter(
            fields -> fields.length > 9 && fields[3].equals(LISTEN) && sockets.contains(fields[9]))
        .mapToInt(
            fields -> Integer.parseInt(fields[1].substring(fields[1].lastIndexOf(':') + 1), 16))
        .filter(listening -> listening != port)
        .findFirst();
  }

  private static void addSockets(long pid, Set<String> inodes) {
    try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path file : files.toList()) {
        String target = linkOf(file);
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    } catch (IOException gone) {
      // A process that has ended listens no more.
    }
  }

  private static String linkOf(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException closed) {
      return "";
    }
  }

  private static Stream<String> lines(Path table) {
    try {
      List<String> lines = Files.readAllLines(table);
      return lines.stream().skip(1);
    } catch (IOException noProc) {
      return Stream.empty();
    }
  }
}
