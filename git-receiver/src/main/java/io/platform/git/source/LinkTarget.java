package io.platform.git.source;

import io.platform.slug.archive.PathBytes;

/** Resolves a symbolic link by its text alone. */
enum LinkTarget {
  INSIDE,
  LEADS_OUT,
  /** No link can have the target: it is empty or has a NUL. */
  IMPOSSIBLE;

  static LinkTarget of(PathBytes link, PathBytes target) {
    byte[] text = target.bytes();
    if (text.length == 0) {
      return IMPOSSIBLE;
    }
    for (byte b : text) {
      if (b == 0) {
        return IMPOSSIBLE;
      }
    }
    if (text[0] == '/') {
      return LEADS_OUT;
    }
    int depth = 0;
    for (byte b : link.bytes()) {
      depth += b == '/' ? 1 : 0;
    }
    for (int begin = 0; begin < text.length; ) {
      int end = begin;
      while (end < text.length && text[end] != '/') {
        end++;
      }
      boolean here = end == begin || (end == begin + 1 && text[begin] == '.');
      boolean up = end == begin + 2 && text[begin] == '.' && text[begin + 1] == '.';
      depth += up ? -1 : here ? 0 : 1;
      if (depth < 0) {
        return LEADS_OUT;
      }
      begin = end + 1;
    }
    return INSIDE;
  }
}
