package io.platform.process.log;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.platform.process.log.LogFiles.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends to the files of a log: begins a new one where the last is full or old, and removes what
 * is more than the limits allow. For one thread, which none of its failures ends.
 */
final class LogWriter {
  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  private final LogFiles files;
  private final AppLogLimits limits;
  private @Nullable OutputStream out;
  private @Nullable Part part;

  /** The end of the last whole line. */
  private LogOffset end = LogOffset.BEGINNING;

  private Instant begun = Instant.EPOCH;
  private long lastEvent;
  private long filesBegun;
  private boolean broken;

  LogWriter(LogFiles files, AppLogLimits limits) {
    this.files = files;
    this.limits = limits;
  }

  /**
   * Writes lines, each with its end. They are in the file when this returns.
   *
   * @return how many of the last ones could not be written
   */
  int append(List<byte[]> lines, Instant now) {
    int written = 0;
    long before = end.lines();
    try {
      recover();
      before = end.lines();
      while (written < lines.size()) {
        OutputStream to = open(now);
        long room = limits.fileBytes() - (end.bytes() - begin());
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        LogOffset next = end;
        int count = 0;
        do {
          byte[] line = lines.get(written + count++);
          batch.writeBytes(line);
          next = next.after(line.length);
        } while (written + count < lines.size() && batch.size() < room);
        batch.writeTo(to);
        end = next;
        written += count;
        if (end.bytes() - begin() >= limits.fileBytes()) {
          close();
          removeSurplus();
        }
      }
      broken = false;
    } catch (IOException | RuntimeException failed) {
      failed(failed);
      written = written(before);
    }
    return lines.size() - written;
  }

  /** What a full disk has taken of the last lines: readers may have seen it. */
  private int written(long before) {
    try {
      part = null;
      recover();
      return (int) Math.max(0, end.lines() - before);
    } catch (IOException | RuntimeException failed) {
      failed(failed);
      return 0;
    }
  }

  /** The newest event of the app that the log has told of, also in files that were removed. */
  long lastEvent() {
    try {
      recover();
      Path file = eventFile();
      if (Files.exists(file)) {
        lastEvent = Math.max(lastEvent, Long.parseLong(Files.readString(file).strip()));
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("reading which events of the app the log in {} has", files.directory(), e);
    }
    return lastEvent;
  }

  /**
   * Keeps which event the log has told of last. Where a kill comes before that, the newest file
   * tells.
   */
  void keepLastEvent(long event) {
    if (event > lastEvent) {
      lastEvent = event;
      try {
        Path file = eventFile();
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, event + "\n");
        Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
      } catch (IOException | RuntimeException failed) {
        failed(failed);
      }
    }
  }

  private Path eventFile() {
    return files.directory().resolve("last-event");
  }

  /** How many files were begun since the start: who follows then looks for them. */
  long filesBegun() {
    return filesBegun;
  }

  /** Opened again by the next line. */
  void close() {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException | RuntimeException failed) {
      failed(failed);
    } finally {
      out = null;
    }
  }

  /** Removes what is too old. The place of the next line stays what it is. */
  void expire(Instant now) {
    try {
      recover();
      Instant oldest = now.minus(limits.age());
      for (Part each : files.list()) {
        if (Files.getLastModifiedTime(each.file()).toInstant().isAfter(oldest)) {
          return;
        }
        if (end.bytes() == each.begin().bytes()) {
          return;
        }
        if (part != null && each.begin().equals(part.begin())) {
          close();
          part = files.at(end);
          filesBegun++;
          Files.createFile(part.file());
        }
        Files.deleteIfExists(each.file());
      }
    } catch (IOException | RuntimeException failed) {
      failed(failed);
    }
  }

  private long begin() {
    return part == null ? 0 : part.begin().bytes();
  }

  private OutputStream open(Instant now) throws IOException {
    recover();
    boolean empty = end.bytes() == begin();
    boolean full = end.bytes() - begin() >= limits.fileBytes();
    if (part == null || full || (!empty && begun.isBefore(now.minus(limits.fileAge())))) {
      close();
      part = files.at(end);
      filesBegun++;
      empty = true;
    }
    if (empty) {
      begun = now;
    }
    if (out == null) {
      Path file = part.file();
      Files.createDirectories(files.directory());
      if (Files.isRegularFile(file)) {
        cut(file, end.bytes() - begin());
      }
      out = Files.newOutputStream(file, CREATE, APPEND);
    }
    return out;
  }

  /** Where a kill, or a full disk, left a part of a line, it goes. */
  private static void cut(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      if (channel.size() > size) {
        channel.truncate(size);
      }
    }
  }

  /** Finds the end of what an earlier server wrote. */
  private void recover() throws IOException {
    if (part != null) {
      return;
    }
    List<Part> parts = files.list();
    if (parts.isEmpty()) {
      return;
    }
    Part last = parts.getLast();
    begun = Instant.EPOCH;
    if (Files.isRegularFile(last.file())) {
      end = last.begin();
      WholeLines.forward(last.file(), 0, this::recover);
    }
    part = last;
  }

  private boolean recover(byte[] bytes, int from, int length) {
    Optional<StoredLine> line = StoredLine.parse(bytes, from, length - 1);
    if (begun.equals(Instant.EPOCH)) {
      begun = line.map(StoredLine::at).orElse(begun);
    }
    lastEvent = Math.max(lastEvent, line.map(StoredLine::event).orElse(0L));
    end = end.after(length);
    return true;
  }

  private void removeSurplus() throws IOException {
    long size = 0;
    for (Part each : files.list().reversed()) {
      size += Files.size(each.file());
      if (size > limits.bytes()) {
        Files.deleteIfExists(each.file());
      }
    }
  }

  /** Told once, not for each line of an app while the disk is full. */
  private void failed(Exception failed) {
    close();
    if (!broken) {
      broken = true;
      LOG.warn("writing the log in {}", files.directory(), failed);
    }
  }
}
