package io.platform.process.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.platform.process.sandbox.ProcessSettings;
import io.platform.slug.TerminalText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log file of an app, for the operator: what its processes write, and what became of them.
 * Where it is full, it is moved to {@code web.log.1}, over the one before.
 */
final class AppLogFile {
  private static final Logger LOG = LoggerFactory.getLogger(AppLogFile.class);

  private final Path file;
  private final long most;
  private @Nullable OutputStream out;
  private long size;
  private boolean broken;
  private boolean closed;

  AppLogFile(Path directory, ProcessSettings.Logs settings) {
    this.file = directory.resolve("web.log");
    this.most = settings.fileBytes();
  }

  /** Appends one line of a process. It is in the file after {@link #flush}. */
  synchronized void add(String process, String line) {
    if (closed) {
      return;
    }
    byte[] bytes =
        "%s %s: %s\n"
            .formatted(
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                process,
                TerminalText.line(line.replace('\n', ' ')))
            .getBytes(UTF_8);
    try {
      OutputStream to = open();
      to.write(bytes);
      size += bytes.length;
      if (size >= most) {
        closeFile();
        Files.move(file, file.resolveSibling("web.log.1"), REPLACE_EXISTING);
      }
      broken = false;
    } catch (IOException failed) {
      failed(failed);
    }
  }

  synchronized void flush() {
    try {
      if (out != null) {
        out.flush();
      }
    } catch (IOException failed) {
      failed(failed);
    }
  }

  /** What is added later is not written: the app may have been destroyed, its directory too. */
  synchronized void close() {
    closed = true;
    closeFile();
  }

  private void closeFile() {
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
}
