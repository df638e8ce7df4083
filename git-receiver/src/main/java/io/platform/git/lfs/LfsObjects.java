package io.platform.git.lfs;

import io.platform.commons.digest.Sha256Digests;
import io.platform.domain.App;
import io.platform.domain.ObjectKeys;
import io.platform.domain.Sha256;
import io.platform.storage.ObjectInfo;
import io.platform.storage.ObjectStore;
import io.platform.storage.ObjectWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The contents of an app's Git LFS files, in the object store, each under its SHA-256. They stay
 * until the app is destroyed: a client does not upload again what an earlier push brought.
 */
public final class LfsObjects {
  private final ObjectStore objects;
  private final ObjectKeys keys;

  /** In this store. */
  public LfsObjects(ObjectStore objects, ObjectKeys keys) {
    this.objects = objects;
    this.keys = keys;
  }

  /** The content is not what its name says; nothing was stored. */
  public static final class WrongContent extends Exception {
    private static final long serialVersionUID = 1L;

    private WrongContent(Sha256 oid) {
      super("the content of %s has another SHA-256".formatted(oid));
    }
  }

  /** All that are stored of an app, with their sizes in bytes. */
  public Map<Sha256, Long> sizes(App app) throws IOException {
    String prefix = keys.lfsObjects(app);
    Map<Sha256, Long> sizes = new HashMap<>();
    try (Stream<ObjectInfo> all = objects.list(prefix)) {
      for (Iterator<ObjectInfo> each = all.iterator(); each.hasNext(); ) {
        ObjectInfo object = each.next();
        sizes.put(new Sha256(object.key().substring(prefix.length())), object.size());
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return sizes;
  }

  /**
   * Stores a content.
   *
   * @throws WrongContent where its SHA-256 is another
   */
  public void store(App app, Sha256 oid, InputStream content) throws IOException, WrongContent {
    MessageDigest digest = Sha256Digests.start();
    try (ObjectWriter writer = objects.create(keys.lfsObject(app, oid))) {
      new DigestInputStream(content, digest).transferTo(writer);
      if (!Sha256.of(digest.digest()).equals(oid)) {
        throw new WrongContent(oid);
      }
      writer.commit();
    }
  }

  /**
   * Opens a part of a content: at most so many bytes from an offset on.
   *
   * @throws java.nio.file.NoSuchFileException where it is not stored
   */
  public InputStream open(App app, Sha256 oid, long from, long length) throws IOException {
    return objects.open(keys.lfsObject(app, oid), from, length);
  }
}
