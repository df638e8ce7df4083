package io.platform.service;

import io.platform.domain.StoredObject;
import io.platform.slug.Blob;
import io.platform.storage.ObjectStore;
import io.platform.storage.SignedUpload;
import java.io.IOException;
import java.time.Duration;

/** Signs the URLs with which builders and runners read and write objects, for a while. */
public final class ObjectUrls {
  private final ObjectStore objects;
  private final Duration validity;

  /** Each is good this long. */
  public ObjectUrls(ObjectStore objects, Duration validity) {
    this.objects = objects;
    this.validity = validity;
  }

  String read(StoredObject object) throws IOException {
    return objects.signGet(object.key(), validity);
  }

  SignedUpload write(String key, Blob content) throws IOException {
    return objects.signPut(key, content.size(), content.sha256(), validity);
  }
}
