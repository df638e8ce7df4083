package io.platform.process.app;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.platform.process.sandbox.ProcessSettings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log file of an app. Where it is full, it is moved to {@code web.log.1}, over the one before.
 * For one thread.
 */
final class AppLogFile {
  private static final Logger LOG = LoggerFactory.getLogger(AppLogFile.class);

  private final Path file;
  private final long most;
  private @Nullable OutputStream out;
  private long size;
  private boolean broken;

  AppLogFile(Path directory, ProcessSettings.Logs settings) {
    this.file = directory.resolve("web.log");
    this.most = settings.fileBytes();
  }

  /** Appends a line with its end. It is in the file after {@link #flush}. */
  void add(byte[] bytes) {
    try {
      OutputStream to = open();
      to.write(bytes);
      size += bytes.length;
      if (size >= most) {
        close();
        Files.move(file, file.resolveSibling("web.log.1"), REPLACE_EXISTING);
      }
      broken = false;
    } catch (IOException failed) {
      failed(failed);
    }
  }

  void flush() {
    try {
      if (out != null) {
        out.flush();
      }
    } catch (IOException failed) {
      failed(failed);
    }
  }

  /** Opened again by the next line. */
  void close() {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException failed) {
      failed(failed);
    } finally {
      out = null;
    }
  }

  private OutputStream open() throws IOException {
    if (out == null) {
      Files.createDirectories(file.getParent());
      out = new BufferedOutputStream(Files.newOutputStream(file, CREATE, APPEND));
      size = Files.size(file);
    }
    return out;
  }

  /** Told once, not for each line of an app while the disk is full. */
  private void failed(IOException failed) {
    if (!broken) {
      broken = true;
      LOG.warn("writing {}", file, failed);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
