package io.platform.storage.directory;

import io.platform.storage.BoundedStream;
import io.platform.storage.ContentDigest;
import io.platform.storage.ObjectInfo;
import io.platform.storage.ObjectKeyRule;
import io.platform.storage.ObjectStore;
import io.platform.storage.PutOptions;
import io.platform.storage.SignedUpload;
import io.platform.storage.StoreError;
import io.platform.storage.VerifyingStream;
import io.platform.storage.signed.SignedUrls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Objects as files under a root, each at the path of its key with its {@link ObjectFooter} at the
 * end. Uploads are files under {@code .partial} until they are whole; several processes may use one
 * root.
 */
public final class DirectoryStore implements ObjectStore {
  private static final String PARTIAL = ".partial";

  private final DirectoryTree objects;
  private final DirectoryTree partials;
  private final SignedUrls urls;

  private DirectoryStore(DirectoryTree objects, DirectoryTree partials, SignedUrls urls) {
    this.objects = objects;
    this.partials = partials;
    this.urls = urls;
  }

  public static DirectoryStore open(Path root, SignedUrls urls) throws IOException {
    Files.createDirectories(root);
    Path real = root.toRealPath();
    DirectoryTree partials = new DirectoryTree(real.resolve(PARTIAL));
    partials.makeDirectories(partials.root());
    Path trial = Files.createTempFile(partials.root(), "trial", "");
    try {
      Files.write(trial, new byte[1], StandardOpenOption.DSYNC);
    } finally {
      Files.delete(trial);
    }
    return new DirectoryStore(new DirectoryTree(real), partials, urls);
  }

  @Override
  public DirectoryWriter create(String key) throws IOException {
    return create(key, PutOptions.replacing());
  }

  @Override
  public DirectoryWriter create(String key, PutOptions how) throws IOException {
    objects.resolve(key);
    Path folder = partials.resolve(key);
    Path partial = folder.resolve(UUID.randomUUID().toString());
    FileChannel channel =
        partials.inDirectory(
            folder,
            () ->
                FileChannel.open(
                    partial,
                    EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    DirectoryTree.OWNER_ONLY));
    return new DirectoryWriter(key, how, objects, partials, partial, channel);
  }

  @Override
  public InputStream open(String key, long from, long length) throws IOException {
    FileChannel channel = openFile(key);
    try {
      ObjectFooter footer = ObjectFooter.read(channel, key);
      long start = Math.min(from, footer.content());
      channel.position(start);
      long bytes = Math.min(length, footer.content() - start);
      InputStream in = new BoundedStream(Channels.newInputStream(channel), bytes);
      return bytes == footer.content()
          ? new VerifyingStream(
              in, new ContentDigest.Whole(footer.sha256Hex()), error -> damaged(key, error))
          : in;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static IOException damaged(String key, StoreError error) {
    return new IOException(
        "Reading %s failed: %s. Its file was damaged: look after the disk, and push again."
            .formatted(key, error.detail()));
  }

  private FileChannel openFile(String key) throws IOException {
    Path path = objects.resolve(key);
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(key);
    }
    return FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public Optional<ObjectInfo> stat(String key) throws IOException {
    try (FileChannel channel = openFile(key)) {
      ObjectFooter footer = ObjectFooter.read(channel, key);
      Instant modified =
          Files.getLastModifiedTime(objects.resolve(key), LinkOption.NOFOLLOW_LINKS).toInstant();
      return Optional.of(footer.info(key, modified));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** All writers compute the digest themselves. */
  @Override
  public Optional<ObjectInfo> verified(String key) throws IOException {
    return stat(key);
  }

  @Override
  public Stream<ObjectInfo> list(String prefix) throws IOException {
    return new DirectoryListing(objects, prefix).objects();
  }

  @Override
  public void copy(String from, String to) throws IOException {
    ObjectInfo source = stat(from).orElseThrow(() -> new NoSuchFileException(from));
    try (InputStream in = open(from, 0);
        DirectoryWriter writer = create(to, new PutOptions(false, source.metadata()))) {
      in.transferTo(writer);
      writer.commit();
    }
  }

  @Override
  public void delete(Collection<String> keys) throws IOException {
    for (String key : keys) {
      Path path = objects.resolve(key);
      if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(path);
        objects.deleteEmptyParents(path);
      }
    }
  }

  @Override
  public void deleteAll(String prefix) throws IOException {
    String folder = ObjectKeyRule.requireFolder(prefix);
    for (DirectoryTree tree : new DirectoryTree[] {partials, objects}) {
      Path directory = tree.resolve(folder);
      if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        DirectoryTree.deleteTree(directory, Long.MAX_VALUE);
      }
    }
    objects.deleteEmptyParents(objects.resolve(folder));
  }

  @Override
  public void sweep(Instant before) throws IOException {
    DirectoryTree.deleteTree(partials.root(), before.toEpochMilli());
    partials.makeDirectories(partials.root());
  }

  @Override
  public String signGet(String key, Duration validity) {
    return urls.get(ObjectKeyRule.require(key), validity);
  }

  @Override
  public SignedUpload signPut(String key, long size, String sha256Hex, Duration validity) {
    return urls.put(ObjectKeyRule.require(key), size, sha256Hex, validity);
  }

  @Override
  public void close() {
    // files are open only while they are read or written
  }
}
