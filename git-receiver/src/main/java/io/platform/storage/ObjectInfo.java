package io.platform.storage;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The description of a stored object.
 *
 * @param size in bytes
 * @param sha256Hex its SHA-256, as 64 hexadecimal digits; empty where the store cannot tell it
 *     cheaply
 * @param metadata as {@link PutOptions} gave it; empty in a listing where the store does not tell
 *     it
 */
public record ObjectInfo(
    String key, long size, String sha256Hex, Instant modified, Map<String, String> metadata) {
  /** What begins the names of metadata that are the store's own. */
  public static final String OWN = "platform-";

  /** The SHA-256 that was stated when the object was stored, in hexadecimal. */
  public static final String SHA256 = OWN + "sha256";

  /** Copies the metadata. */
  public ObjectInfo {
    metadata = Map.copyOf(metadata);
  }

  public ObjectInfo(String key, long size, String sha256Hex, Instant modified) {
    this(key, size, sha256Hex, modified, Map.of());
  }

  /** The entries that are not the store's own. */
  public static Map<String, String> visible(Map<String, String> metadata) {
    Map<String, String> visible = new TreeMap<>(metadata);
    visible.keySet().removeIf(name -> name.startsWith(OWN));
    return visible;
  }

  public ObjectInfo withDigest(String sha256) {
    return new ObjectInfo(key, size, sha256, modified, metadata);
  }

  public ObjectInfo withKey(String other) {
    return new ObjectInfo(other, size, sha256Hex, modified, metadata);
  }
}
