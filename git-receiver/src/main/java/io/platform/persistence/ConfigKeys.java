package io.platform.persistence;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The keys that encrypt config vars in the database. The first one encrypts; all of them decrypt,
 * so that a new key can take the place of an old one.
 */
public final class ConfigKeys {
  private final List<ConfigKey> keys;

  private ConfigKeys(List<ConfigKey> keys) {
    this.keys = keys;
  }

  /**
   * Reads keys.
   *
   * @param texts each a key: 32 bytes in Base64, with or without padding
   * @throws IllegalArgumentException where there is none, or one is no key; the message does not
   *     have the text
   */
  public static ConfigKeys parse(List<String> texts) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("there is no key");
    }
    List<ConfigKey> keys = new ArrayList<>();
    for (String text : texts) {
      try {
        keys.add(
            ConfigKey.of(Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'))));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "key %d is not %d bytes in Base64".formatted(keys.size() + 1, ConfigKey.BYTES), e);
      }
    }
    return new ConfigKeys(List.copyOf(keys));
  }

  /** The text of a new key. */
  public static String newKey() {
    byte[] bytes = new byte[ConfigKey.BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The one that encrypts. */
  ConfigKey first() {
    return keys.getFirst();
  }

  Optional<ConfigKey> find(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** The ids of those that only decrypt. */
  List<String> others() {
    return keys.stream().skip(1).map(ConfigKey::id).toList();
  }

  @Override
  public String toString() {
    return keys.toString();
  }
}
