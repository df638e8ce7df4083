package io.platform.process.app;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads from /proc which processes listen on which ports. */
final class ListeningPorts {
  /**
   * Of /proc/net/tcp: local address is field 2, state 4 (0A is LISTEN), inode 10; see
   * proc_net_tcp.txt of the kernel. An address is in hexadecimal digits, each four bytes of it in
   * the order of this machine.
   */
  private static final String LISTEN = "0A";

  private static final Set<String> TO_IPV4 =
      Set.of("0100007F", "00000000", "0".repeat(32), "0000000000000000FFFF00000100007F");
  private static final Set<String> TO_IPV6 =
      Set.of("0".repeat(32), "00000000000000000000000001000000");

  private ListeningPorts() {}

  private record Listener(String address, int port, String inode) {}

  /** The sockets of processes; not known where those of one of them cannot be read. */
  private record Sockets(Set<String> inodes, boolean known) {}

  /** One that the processes listen on and is not the port given, if there is any. */
  static Optional<Integer> other(Set<ProcessHandle> own, int port) {
    Sockets sockets = socketsOf(own);
    return listeners()
        .filter(listener -> sockets.inodes.contains(listener.inode))
        .map(Listener::port)
        .filter(listening -> listening != port)
        .findFirst();
  }

  /** The loopback address at which processes listen on a port; empty where they do not. */
  static Optional<InetSocketAddress> loopback(Set<ProcessHandle> own, int port) {
    Sockets sockets = socketsOf(own);
    List<String> addresses =
        listeners()
            .filter(listener -> listener.port == port && sockets.inodes.contains(listener.inode))
            .map(Listener::address)
            .toList();
    if (addresses.stream().anyMatch(TO_IPV4::contains)) {
      return Optional.of(new InetSocketAddress(LoopbackAddresses.IPV4, port));
    }
    return addresses.stream().anyMatch(TO_IPV6::contains)
        ? Optional.of(new InetSocketAddress(LoopbackAddresses.IPV6, port))
        : Optional.empty();
  }

  /**
   * Who else than these processes listens where connections to a loopback address arrive: nobody
   * may get the traffic of another app by being first at its port. Empty where /proc does not tell.
   *
   * @return a few words for the operator
   */
  static Optional<String> otherListener(Set<ProcessHandle> own, InetSocketAddress target) {
    Set<String> arriving = target.getAddress() instanceof Inet4Address ? TO_IPV4 : TO_IPV6;
    Set<String> there =
        listeners()
            .filter(listener -> listener.port == target.getPort())
            .filter(listener -> arriving.contains(listener.address))
            .map(Listener::inode)
            .collect(Collectors.toSet());
    Sockets sockets = socketsOf(own);
    there.removeAll(sockets.inodes);
    if (there.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> holder =
        ProcessHandle.allProcesses()
            .filter(process -> !own.contains(process))
            .filter(process -> !Collections.disjoint(socketsOf(Set.of(process)).inodes, there))
            .map(ListeningPorts::describe)
            .findFirst();
    return sockets.known ? holder.or(() -> Optional.of("a process of another user")) : holder;
  }

  private static String describe(ProcessHandle process) {
    String command =
        process.info().command().map(path -> Path.of(path).getFileName() + ", ").orElse("");
    return "%sprocess %d".formatted(command, process.pid());
  }

  private static Stream<Listener> listeners() {
    return Stream.of("tcp", "tcp6")
        .flatMap(table -> lines(Path.of("/proc/net", table)))
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> fields.length > 9 && fields[3].equals(LISTEN))
        .map(fields -> {
          int colon = fields[1].lastIndexOf(':');
          return new Listener(
              fields[1].substring(0, colon),
              Integer.parseInt(fields[1].substring(colon + 1), 16),
              fields[9]);
        });
  }

  private static Sockets socketsOf(Set<ProcessHandle> processes) {
    Set<String> inodes = new HashSet<>();
    boolean known = true;
    for (ProcessHandle process : processes) {
      known &= addSockets(process.pid(), inodes);
    }
    return new Sockets(inodes, known);
  }

  private static boolean addSockets(long pid, Set<String> inodes) {
    try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path file : files.toList()) {
        String target = linkOf(file);
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
      return true;
    } catch (AccessDeniedException e) {
      return false;
    } catch (IOException gone) {
      return true; // a process that has ended listens no more
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
