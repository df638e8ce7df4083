package io.platform.slug.archive;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Permissions as archives have them, nine bits, and as Java does. */
final class FileModes {
  private static final String ALL = "rwxrwxrwx";

  private FileModes() {}

  static int bits(Set<PosixFilePermission> permissions) {
    String text = PosixFilePermissions.toString(permissions);
    int mode = 0;
    for (int i = 0; i < ALL.length(); i++) {
      mode = mode << 1 | (text.charAt(i) == '-' ? 0 : 1);
    }
    return mode;
  }

  static Set<PosixFilePermission> permissions(int mode) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ALL.length(); i++) {
      text.append((mode & (0400 >> i)) == 0 ? '-' : ALL.charAt(i));
    }
    return PosixFilePermissions.fromString(text.toString());
  }
}
