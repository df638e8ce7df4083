package io.platform.storage;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Options for storing an object.
 *
 * @param ifAbsent whether {@link ObjectWriter#commit} fails with a {@link
 *     java.nio.file.FileAlreadyExistsException} where the key has an object by then
 * @param metadata kept with the object: names of {@code a-z 0-9 -}, values of printable ASCII
 *     without spaces around them, 2,000 characters in all
 */
public record PutOptions(boolean ifAbsent, Map<String, String> metadata) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final Pattern VALUE = Pattern.compile("[!-~]|[!-~][ -~]*[!-~]");
  private static final int MOST = 2000;

  /** Copies the metadata. */
  public PutOptions {
    metadata = Map.copyOf(metadata);
    int length = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      if (!NAME.matcher(entry.getKey()).matches()
          || !VALUE.matcher(entry.getValue()).matches()
          || entry.getKey().startsWith(ObjectInfo.OWN)) {
        throw new IllegalArgumentException("no metadata of an object: " + entry.getKey());
      }
      length += entry.getKey().length() + entry.getValue().length();
    }
    if (length > MOST) {
      throw new IllegalArgumentException("too much metadata: " + length + " characters");
    }
  }

  /** In place of what is under the key. */
  public static PutOptions replacing() {
    return new PutOptions(false, Map.of());
  }

  /** Only where nothing is under the key. */
  public static PutOptions ifNotThere() {
    return new PutOptions(true, Map.of());
  }

  /** The same with one more entry. */
  public PutOptions with(String name, String value) {
    Map<String, String> more = new TreeMap<>(metadata);
    more.put(name, value);
    return new PutOptions(ifAbsent, more);
  }
}
