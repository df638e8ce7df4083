package io.platform.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.persistence.ConfigKeySource;
import io.platform.persistence.ConfigKeys;
import io.platform.persistence.ConfigKeysUnusable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The keys of config vars in a file that only its owner can read, one a line; lines that begin with
 * {@code #} are comments. The first start makes it, with one key.
 */
public record ConfigKeyFile(Path file) implements ConfigKeySource {
  private static final String HEAD =
      """
      # Keys of the config vars in platform.db, one a line: the first one encrypts, the others only decrypt.
      # Without this file nobody can read the config vars. Keep a copy of it apart from copies of the database.
      """;

  @Override
  public ConfigKeys keys(boolean used) {
    try {
      return ConfigKeys.parse(texts(Files.readString(file, UTF_8)));
    } catch (NoSuchFileException e) {
      if (used) {
        throw new ConfigKeysUnusable(
            "The config vars in the database are encrypted, and the file with their keys is missing: %s. Put it back from your backup, and start again."
                .formatted(file),
            e);
      }
      return make();
    } catch (IOException e) {
      throw new ConfigKeysUnusable(
          "The file with the keys of config vars cannot be read: %s. Make it readable for the server's user, and start again."
              .formatted(file),
          e);
    } catch (IllegalArgumentException e) {
      throw new ConfigKeysUnusable(
          "The file %s has no good keys of config vars: %s. Put the file back from your backup, and start again."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static List<String> texts(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  /** The file is on the disk before anything is encrypted with its key. */
  private ConfigKeys make() {
    String key = ConfigKeys.newKey();
    try {
      Path directory = file.toAbsolutePath().getParent();
      Path fresh =
          Files.createTempFile(
              directory,
              ".config-keys",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = UTF_8.encode(HEAD + key + "\n");
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    } catch (IOException e) {
      throw new ConfigKeysUnusable(
          "The file with the keys of config vars cannot be written: %s. Make its directory writable for the server's user, and start again."
              .formatted(file),
          e);
    }
    return ConfigKeys.parse(List.of(key));
  }

  @Override
  public String place() {
    return "the file " + file;
  }
}
