package io.platform.storage;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The form of a key: segments of {@code A-Z a-z 0-9 - _ . ~ @ + = , :} with slashes between them,
 * none of which begins with a dot. So no key names a parent directory, and none needs escaping in
 * the path of a URL.
 */
public final class ObjectKeyRule {
  private static final Pattern SEGMENT =
      Pattern.compile("[A-Za-z0-9_~@+=,:-][A-Za-z0-9._~@+=,:-]{0,199}");
  private static final int MAX_LENGTH = 1000;

  private ObjectKeyRule() {}

  public static boolean valid(String key) {
    return key.length() <= MAX_LENGTH
        && !key.isEmpty()
        && segments(key).stream().allMatch(ObjectKeyRule::validSegment);
  }

  public static boolean validSegment(String segment) {
    return SEGMENT.matcher(segment).matches();
  }

  public static List<String> segments(String key) {
    return List.of(key.split("/", -1));
  }

  /**
   * The key itself.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static String require(String key) {
    if (!valid(key)) {
      throw new IllegalArgumentException("not a key of an object: '" + key + "'");
    }
    return key;
  }

  /** A prefix of keys that ends with a slash, without that slash. */
  public static String requireFolder(String prefix) {
    if (!prefix.endsWith("/")) {
      throw new IllegalArgumentException("not a prefix that ends with a slash: '" + prefix + "'");
    }
    return require(prefix.substring(0, prefix.length() - 1));
  }
}
