package io.platform.storage.directory;

import io.platform.commons.file.FileFailure;
import io.platform.storage.ObjectInfo;
import io.platform.storage.ObjectKeyRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The objects under a prefix in the order of their keys, one directory at a time. */
final class DirectoryListing {
  private final DirectoryTree tree;
  private final String prefix;

  DirectoryListing(DirectoryTree tree, String prefix) {
    this.tree = tree;
    this.prefix = prefix;
  }

  Stream<ObjectInfo> objects() throws IOException {
    int slash = prefix.lastIndexOf('/');
    if (slash < 0) {
      return walk(tree.root(), "");
    }
    Path directory = tree.resolve(ObjectKeyRule.requireFolder(prefix.substring(0, slash + 1)));
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        ? walk(directory, prefix.substring(0, slash + 1))
        : Stream.empty();
  }

  private Stream<ObjectInfo> walk(Path directory, String folder) {
    return entries(directory, folder).stream()
        .filter(entry -> entry.key().startsWith(prefix) || prefix.startsWith(entry.key()))
        .flatMap(entry ->
            entry.attributes().isDirectory()
                ? walk(entry.path(), entry.key())
                : Stream.of(entry).filter(file -> file.key().startsWith(prefix)).map(Entry::info));
  }

  private static List<Entry> entries(Path directory, String folder) {
    try (Stream<Path> names = Files.list(directory)) {
      return names
          .filter(path -> ObjectKeyRule.validSegment(path.getFileName().toString()))
          .flatMap(path -> Entry.read(path, folder))
          .sorted(Comparator.comparing(Entry::key))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of(); // deleted while we look
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Listing the objects under '%s' failed: %s".formatted(folder, FileFailure.reason(e)), e);
    }
  }

  /** A file or a directory; a directory's key ends with a slash. */
  private record Entry(Path path, String key, BasicFileAttributes attributes) {
    static Stream<Entry> read(Path path, String folder) {
      try {
        BasicFileAttributes attributes =
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        String key = folder + path.getFileName() + (attributes.isDirectory() ? "/" : "");
        boolean ours = attributes.isDirectory() || attributes.isRegularFile();
        return ours ? Stream.of(new Entry(path, key, attributes)) : Stream.empty();
      } catch (NoSuchFileException e) {
        return Stream.empty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** A damaged file is listed, too, so that it can be deleted. */
    ObjectInfo info() {
      Instant modified = attributes.lastModifiedTime().toInstant();
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        return ObjectFooter.read(channel, key).info(key, modified);
      } catch (IOException e) {
        return new ObjectInfo(
            key, Math.max(0, attributes.size() - ObjectFooter.LENGTH), "", modified);
      }
    }
  }
}
