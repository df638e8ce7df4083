package io.platform.storage.directory;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.Objects.requireNonNull;

import io.platform.commons.digest.Sha256Digests;
import io.platform.commons.disk.FullDisk;
import io.platform.commons.file.Directories;
import io.platform.commons.file.FileFailure;
import io.platform.storage.Digests;
import io.platform.storage.ObjectInfo;
import io.platform.storage.ObjectWriter;
import io.platform.storage.PutOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes into a file of its own, and renames it when it is whole and on the disk. */
final class DirectoryWriter extends ObjectWriter {
  private static final int BUFFER = 128 * 1024;

  private final String key;
  private final PutOptions how;
  private final DirectoryTree objects;
  private final DirectoryTree partials;
  private final Path partial;
  private final FileChannel channel;
  private final MessageDigest digest = Sha256Digests.start();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private byte @Nullable [] sum;
  private long size;

  DirectoryWriter(
      String key,
      PutOptions how,
      DirectoryTree objects,
      DirectoryTree partials,
      Path partial,
      FileChannel channel) {
    this.key = key;
    this.how = how;
    this.objects = objects;
    this.partials = partials;
    this.partial = partial;
    this.channel = channel;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (sum != null) {
      throw new IOException("The object %s is finished, nothing can be added.".formatted(key));
    }
    digest.update(bytes, offset, length);
    size += length;
    int done = 0;
    while (done < length) {
      int n = Math.min(buffer.remaining(), length - done);
      buffer.put(bytes, offset + done, n);
      done += n;
      if (!buffer.hasRemaining()) {
        drain();
      }
    }
  }

  private void drain() throws IOException {
    buffer.flip();
    writeFully(buffer);
    buffer.clear();
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** The digest of all that was written; nothing can be written after it. */
  String digest() {
    return Digests.hex(sum());
  }

  private byte[] sum() {
    if (sum == null) {
      sum = digest.digest();
    }
    return sum;
  }

  long size() {
    return size;
  }

  @Override
  public ObjectInfo commit() throws IOException {
    byte[] sha256 = sum();
    drain();
    writeFully(ObjectFooter.bytes(sha256, how.metadata()));
    try {
      channel.force(true);
      channel.close();
      publish();
      partials.deleteEmptyParents(partial);
    } catch (IOException e) {
      throw failed(e);
    }
    return new ObjectInfo(key, size, digest(), Instant.now(), how.metadata());
  }

  private void publish() throws IOException {
    Path target = objects.resolve(key);
    Path directory = requireNonNull(target.getParent());
    objects.inDirectory(
        directory, () -> how.ifAbsent() ? link(target) : Files.move(partial, target, ATOMIC_MOVE));
    Directories.sync(directory);
  }

  /** A link, unlike a rename, never replaces. */
  private Path link(Path target) throws IOException {
    try {
      Files.createLink(target, partial);
    } catch (FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException(key);
    }
    Files.delete(partial);
    return target;
  }

  private IOException failed(IOException cause) {
    try {
      close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    if (cause instanceof FileAlreadyExistsException) {
      return cause;
    }
    return new IOException("Storing %s failed: %s".formatted(key, reason(cause)), cause);
  }

  private static String reason(IOException cause) {
    if (FullDisk.caused(cause)) {
      return "the disk of the object store is full. Free some space on it, and try again.";
    }
    if (cause instanceof NoSuchFileException) {
      return "its folder was deleted meanwhile.";
    }
    return FileFailure.reason(cause);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(partial);
    partials.deleteEmptyParents(partial);
  }
}
