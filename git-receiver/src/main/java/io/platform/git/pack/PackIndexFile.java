package io.platform.git.pack;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** Writes the index of a pack (gitformat-pack, version 2). */
final class PackIndexFile {
  private static final byte[] SIGNATURE = {(byte) 0xff, 't', 'O', 'c', 0, 0, 0, 2};
  private static final int FAN_OUT = 256;
  private static final long SMALL = 0x7fffffffL;

  private final ObjectTable table;
  private final int[] rows;

  PackIndexFile(ObjectTable table) {
    this.table = table;
    this.rows = table.sorted();
  }

  /** Writes it, to the disk itself. */
  void write(Path file, ObjectId packDigest) throws IOException {
    MessageDigest digest = Constants.newMessageDigest();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream plain = new BufferedOutputStream(Channels.newOutputStream(channel), 64 * 1024);
      DataOutputStream out = new DataOutputStream(new DigestOutputStream(plain, digest));
      out.write(SIGNATURE);
      writeNames(out);
      writeOffsets(out);
      packDigest.copyRawTo(out);
      out.flush();
      plain.write(digest.digest());
      plain.flush();
      channel.force(true);
    }
  }

  private void writeNames(DataOutputStream out) throws IOException {
    byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
    int row = 0;
    for (int first = 0; first < FAN_OUT; first++) {
      while (row < rows.length && table.firstByte(rows[row]) == first) {
        row++;
      }
      out.writeInt(row);
    }
    for (int each : rows) {
      table.copyId(each, id, 0);
      out.write(id);
    }
    for (int each : rows) {
      out.writeInt(table.checksum(each));
    }
  }

  private void writeOffsets(DataOutputStream out) throws IOException {
    int large = 0;
    for (int row : rows) {
      long offset = table.offset(row);
      out.writeInt(offset <= SMALL ? (int) offset : 0x80000000 | large++);
    }
    for (int row : rows) {
      if (table.offset(row) > SMALL) {
        out.writeLong(table.offset(row));
      }
    }
  }
}
