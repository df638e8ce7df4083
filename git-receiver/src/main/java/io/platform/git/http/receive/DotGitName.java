package io.platform.git.http.receive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Names in a tree that some file system takes for {@code .git}, or for {@code .gitmodules} where
 * that is a symbolic link: checked out there, such a tree would write into the repository's own
 * directory. These are the names that git's own check of received objects refuses (git-fsck(1),
 * hasDotgit and gitmodulesSymlink), for HFS+ and NTFS alike; a backslash alone is allowed, as
 * there.
 */
final class DotGitName {
  private static final String GIT = "git";
  private static final String MODULES = "gitmodules";

  /** What NTFS falls back to where the usual short names of .gitmodules are taken. */
  private static final String MODULES_FALLBACK = "gi7eba";

  private static final int SHORT_NAME = 8;

  private DotGitName() {}

  /**
   * Whether a name in a tree is to be refused.
   *
   * @param name its bytes
   * @param symbolicLink whether the entry is a symbolic link
   */
  static boolean isForbidden(byte[] name, boolean symbolicLink) {
    String bytes = new String(name, StandardCharsets.ISO_8859_1);
    return isHfs(name, GIT)
        || (symbolicLink && isHfs(name, MODULES))
        || isNtfsInAnyPart(bytes, symbolicLink);
  }

  /** Windows takes a backslash for a slash. A name may be as long as a tree. */
  private static boolean isNtfsInAnyPart(String name, boolean symbolicLink) {
    for (int from = 0; from <= name.length(); ) {
      int end = name.indexOf('\\', from);
      end = end < 0 ? name.length() : end;
      String part = name.substring(from, end);
      if (isNtfsGit(part) || (symbolicLink && isNtfsModules(part))) {
        return true;
      }
      from = end + 1;
    }
    return false;
  }

  /** HFS+ ignores case and some characters without width. */
  private static boolean isHfs(byte[] name, String after) {
    StringBuilder seen = new StringBuilder();
    int wellFormed = wellFormed(name);
    new String(name, 0, wellFormed, StandardCharsets.UTF_8)
        .codePoints()
        .filter(c -> !isIgnoredByHfs(c))
        .forEach(seen::appendCodePoint);
    String wanted = "." + after;
    // What is not UTF-8 ends the name here, as it does for git.
    return equalsIgnoringAsciiCase(seen.toString(), wanted);
  }

  private static int wellFormed(byte[] name) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(name);
    try {
      decoder.decode(bytes);
      return name.length;
    } catch (CharacterCodingException e) {
      return bytes.position();
    }
  }

  private static boolean isIgnoredByHfs(int c) {
    return (c >= 0x200c && c <= 0x200f)
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x206a && c <= 0x206f)
        || c == 0xfeff;
  }

  /**
   * NTFS ignores case, spaces and dots at the end, and what follows a colon; it has short names.
   */
  private static boolean isNtfsGit(String name) {
    return isFollowedByNothing(name, ".git") || isFollowedByNothing(name, "git~1");
  }

  private static boolean isNtfsModules(String name) {
    if (isFollowedByNothing(name, "." + MODULES)) {
      return true;
    }
    for (int number = 1; number <= 4; number++) {
      if (isFollowedByNothing(name, MODULES.substring(0, 6) + "~" + number)) {
        return true;
      }
    }
    return isFallback(name);
  }

  /**
   * As many letters of the fallback as there is room for, a tilde, and a number without zeros in
   * front.
   */
  private static boolean isFallback(String name) {
    int tilde = name.indexOf('~');
    if (name.length() < SHORT_NAME || tilde < 0 || tilde > MODULES_FALLBACK.length()) {
      return false;
    }
    String number = name.substring(tilde + 1, SHORT_NAME);
    return equalsIgnoringAsciiCase(name.substring(0, tilde), MODULES_FALLBACK.substring(0, tilde))
        && number.matches("[1-9][0-9]*")
        && isEnd(name.substring(SHORT_NAME));
  }

  private static boolean isFollowedByNothing(String name, String wanted) {
    return name.length() >= wanted.length()
        && equalsIgnoringAsciiCase(name.substring(0, wanted.length()), wanted)
        && isEnd(name.substring(wanted.length()));
  }

  private static boolean isEnd(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      switch (rest.charAt(i)) {
        case '.', ' ' -> {}
        case ':' -> {
          return true;
        }
        default -> {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean equalsIgnoringAsciiCase(String name, String wanted) {
    return name.length() == wanted.length()
        && name.chars().allMatch(c -> c < 128)
        && name.toLowerCase(Locale.ROOT).equals(wanted);
  }
}
