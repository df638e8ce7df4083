package io.platform.receiver.push;

import java.util.ArrayList;
import java.util.List;

/** Paths that share a fault: the first few by name, the others by number. */
final class Offenders {
  private static final int NAMED = 3;
  private final List<String> named = new ArrayList<>();
  private int count;

  void add(String path) {
    count++;
    if (named.size() < NAMED) {
      named.add(path);
    }
  }

  List<String> named() {
    return List.copyOf(named);
  }

  int count() {
    return count;
  }
}
