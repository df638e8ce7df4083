package io.platform.git.pack;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Constants;

/**
 * Keeps a record of each entry that was read, in a file, so that an upload of hours holds no memory
 * for it.
 */
final class EntryRecords implements Closeable {
  private static final int BUFFER = 16 * 1024;

  private final Path file;
  private final DataOutputStream out;

  EntryRecords(Path file) throws IOException {
    this.file = file;
    this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
  }

  /** Takes an entry. */
  interface Reader {
    void entry(Entry entry, byte[] id) throws IOException;
  }

  /**
   * An entry.
   *
   * @param base where the base begins, of an OFS_DELTA
   */
  record Entry(long offset, int type, int checksum, long base) {}

  /**
   * Adds an entry.
   *
   * @param id its name, or the name of a REF_DELTA's base
   */
  void add(Entry entry, byte[] id) throws IOException {
    out.writeLong(entry.offset());
    out.writeByte(entry.type());
    out.writeInt(entry.checksum());
    out.writeLong(entry.base());
    out.write(id);
  }

  /** Gives all entries in their order. */
  void read(int count, Reader reader) throws IOException {
    out.close();
    byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
      for (int i = 0; i < count; i++) {
        Entry entry = new Entry(in.readLong(), in.readByte(), in.readInt(), in.readLong());
        in.readFully(id);
        reader.entry(entry, id);
      }
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(file);
  }
}
