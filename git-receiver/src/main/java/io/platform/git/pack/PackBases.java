package io.platform.git.pack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.security.MessageDigest;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.util.NB;

/** Completes a thin pack: appends the bases that only the repository has. */
final class PackBases {
  private static final int BUFFER = 16 * 1024;
  private static final int COUNT = 8;

  private final PackLimits limits;
  private final ObjectTable table;
  private final RandomAccessFile file;
  private final ObjectReader repository;
  private final byte[] buffer = new byte[BUFFER];
  private long end;
  private boolean appended;

  PackBases(
      PackLimits limits,
      ObjectTable table,
      RandomAccessFile file,
      ObjectReader repository,
      long end) {
    this.limits = limits;
    this.table = table;
    this.file = file;
    this.repository = repository;
    this.end = end;
  }

  /** Appends what is needed, and rebuilds what builds upon it. */
  void complete(PackResolver resolver) throws IOException {
    int rows = table.size();
    for (int row = 0; row < rows && table.unresolved() > 0; row++) {
      if (table.type(row) == Constants.OBJ_REF_DELTA && repository.has(table.id(row))) {
        ObjectId id = table.id(row);
        ObjectLoader base = open(id);
        byte[] content = base.getCachedBytes(limits.deltaBytes());
        EntryRecords.Entry entry = append(base.getType(), content);
        resolver.resolve(table.addBase(entry, id), base.getType(), content);
      }
    }
  }

  private ObjectLoader open(ObjectId id) throws IOException {
    long size = repository.getObjectSize(id, ObjectReader.OBJ_ANY);
    if (size > limits.deltaBytes()) {
      throw new PackRefused(new PackProblem.DeltaTooLarge(size, limits.deltaBytes()));
    }
    return repository.open(id);
  }

  private EntryRecords.Entry append(int type, byte[] content) throws IOException {
    appended = true;
    long offset = end;
    CRC32 crc = new CRC32();
    file.seek(end);
    write(header(type, content.length), crc);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(content);
      deflater.finish();
      while (!deflater.finished()) {
        write(deflater.deflate(buffer), crc);
      }
    } finally {
      deflater.end();
    }
    return new EntryRecords.Entry(offset, type, (int) crc.getValue(), 0);
  }

  private int header(int type, int size) {
    int rest = size >>> 4;
    int length = 0;
    buffer[length++] = (byte) ((type << 4) | (size & 0xf) | (rest > 0 ? 0x80 : 0));
    for (; rest > 0; rest >>>= 7) {
      buffer[length++] = (byte) ((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    }
    return length;
  }

  private void write(int length, CRC32 crc) throws IOException {
    crc.update(buffer, 0, length);
    file.write(buffer, 0, length);
    end += length;
  }

  /**
   * Ends the pack with its digest.
   *
   * @param sent the digest of the pack as it came
   * @return the digest of what it became
   */
  ObjectId finish(ObjectId sent) throws IOException {
    ObjectId digest = appended ? counted() : sent;
    file.seek(end);
    digest.copyRawTo(buffer, 0);
    file.write(buffer, 0, Constants.OBJECT_ID_LENGTH);
    file.getChannel().force(true);
    return digest;
  }

  private ObjectId counted() throws IOException {
    NB.encodeInt32(buffer, 0, table.size());
    file.seek(COUNT);
    file.write(buffer, 0, Integer.BYTES);
    MessageDigest digest = Constants.newMessageDigest();
    file.seek(0);
    for (long left = end; left > 0; ) {
      int got = file.read(buffer, 0, (int) Math.min(left, BUFFER));
      digest.update(buffer, 0, got);
      left -= got;
    }
    return ObjectId.fromRaw(digest.digest());
  }
}
