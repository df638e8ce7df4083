package io.platform.storage;

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
 * Objects as files under a root, each at the path of its key with its {@link Footer} at the end.
 * Uploads are files under {@code .partial} until they are whole; several processes may use one
 * root.
 */
final class DirectoryStore implements ObjectStore {
  private static final String PARTIAL = ".partial";

  private final DirectoryTree objects;
  private final DirectoryTree partials;
  private final DirectUrls urls;

  private DirectoryStore(DirectoryTree objects, DirectoryTree partials, DirectUrls urls) {
    this.objects = objects;
    this.partials = partials;
    this.urls = urls;
  }

  static DirectoryStore open(Path root, DirectUrls urls) throws IOException {
    Files.createDirectories(root);
    Path real = root.toRealPath();
    DirectoryTree partials = new DirectoryTree(real.resolve(PARTIAL));
    partials.makeDirectories(partials.root());
    return new DirectoryStore(new DirectoryTree(real), partials, urls);
  }

  @Override
  public DirectoryWriter create(String key) throws IOException {
    objects.resolve(key);
    Path folder = partials.resolve(key);
    for (int attempt = 1; ; attempt++) {
      partials.makeDirectories(folder);
      Path partial = folder.resolve(UUID.randomUUID().toString());
      try {
        FileChannel channel =
            FileChannel.open(
                partial,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                DirectoryTree.OWNER_ONLY);
        return new DirectoryWriter(key, objects, partials, partial, channel);
      } catch (NoSuchFileException e) {
        if (attempt == 3) { // a sweep deletes empty folders
          throw e;
        }
      }
    }
  }

  @Override
  public InputStream open(String key, long from) throws IOException {
    FileChannel channel = openFile(key);
    try {
      Footer.read(channel, key);
      long size = channel.size() - Footer.LENGTH;
      channel.position(Math.min(from, size));
      return new BoundedStream(Channels.newInputStream(channel), size - channel.position());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
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
      String sha256 = Footer.read(channel, key);
      Instant modified =
          Files.getLastModifiedTime(objects.resolve(key), LinkOption.NOFOLLOW_LINKS).toInstant();
      return Optional.of(new ObjectInfo(key, channel.size() - Footer.LENGTH, sha256, modified));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public Stream<ObjectInfo> list(String prefix) throws IOException {
    return new DirectoryListing(objects, prefix).objects();
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
    String folder = Keys.requireFolder(prefix);
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
    return urls.get(Keys.require(key), validity);
  }

  @Override
  public SignedUpload signPut(String key, long size, String sha256Hex, Duration validity) {
    return urls.put(Keys.require(key), size, sha256Hex, validity);
  }

  @Override
  public void close() {
    // files are open only while they are read or written
  }
}
