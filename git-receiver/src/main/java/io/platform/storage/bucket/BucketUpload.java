package io.platform.storage.bucket;

import io.platform.storage.ObjectInfo;
import io.platform.storage.PutOptions;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One upload to a bucket. Its id is kept with the object, so that whoever never heard the answer
 * can see whose object is there.
 */
public record BucketUpload(String id, PutOptions how) {
  private static final String ID = ObjectInfo.OWN + "upload";

  public static BucketUpload of(PutOptions how) {
    return new BucketUpload(UUID.randomUUID().toString(), how);
  }

  public boolean ifAbsent() {
    return how.ifAbsent();
  }

  /** All that is kept with the object, and one entry more. */
  public Map<String, String> metadata(String name, String value) {
    Map<String, String> metadata = new TreeMap<>(how.metadata());
    metadata.put(ID, id);
    metadata.put(name, value);
    return metadata;
  }

  /** Whether this upload made the object that has such metadata. */
  boolean made(Map<String, String> metadata) {
    return id.equals(metadata.get(ID));
  }
}
