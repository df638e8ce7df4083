package io.platform.git.pack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.MutableObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.NB;
import org.eclipse.jgit.util.sha1.SHA1;

/**
 * Reads a pack once, as it comes, and names the objects that are whole in it. What a header claims
 * is compared with the limits before, and with what came after; nothing is held but two buffers.
 */
final class PackScanner {
  private static final byte[] SIGNATURE = "PACK".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 12;
  private static final byte[] NO_ID = new byte[Constants.OBJECT_ID_LENGTH];

  private final PackLimits limits;
  private final PackStream in;
  private final EntryRecords records;
  private final SHA1 hash = SHA1.newInstance();
  private final MutableObjectId name = new MutableObjectId();
  private final byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
  private final Totals totals = new Totals();

  PackScanner(PackLimits limits, PackStream in, EntryRecords records) {
    this.limits = limits;
    this.in = in;
    this.records = records;
  }

  /** Reads to the end. */
  PackSummary scan() throws IOException {
    int count = header();
    for (int i = 0; i < count; i++) {
      entry();
    }
    return totals.summary(count, in.position(), in.finish());
  }

  private int header() throws IOException {
    byte[] header = new byte[HEADER];
    in.read(header, 0, HEADER);
    for (int i = 0; i < SIGNATURE.length; i++) {
      if (header[i] != SIGNATURE[i]) {
        throw PackRefused.malformed("does not begin as packs do");
      }
    }
    long version = NB.decodeUInt32(header, 4);
    if (version != 2 && version != 3) {
      throw PackRefused.malformed("has version %d, which is not known here".formatted(version));
    }
    long count = NB.decodeUInt32(header, 8);
    if (count > limits.objects()) {
      throw new PackRefused(new PackProblem.TooManyObjects(count, limits.objects()));
    }
    return (int) count;
  }

  private void entry() throws IOException {
    long offset = in.position();
    in.begin();
    EntryHeader header = EntryHeader.read(in::read);
    totals.unpack(header.size());
    byte[] named = NO_ID;
    switch (header.type()) {
      case Constants.OBJ_BLOB, Constants.OBJ_TREE, Constants.OBJ_COMMIT, Constants.OBJ_TAG ->
          named = whole(header);
      case Constants.OBJ_OFS_DELTA -> {
        if (header.distance() <= 0 || header.distance() > offset - HEADER) {
          throw PackRefused.malformed("holds a delta whose base is outside of it");
        }
        delta(header);
      }
      case Constants.OBJ_REF_DELTA -> {
        in.read(id, 0, Constants.OBJECT_ID_LENGTH);
        named = id;
        totals.refDeltas++;
        delta(header);
      }
      default -> throw PackRefused.malformed("holds an object of an unknown type");
    }
    records.add(
        new EntryRecords.Entry(offset, header.type(), in.checksum(), offset - header.distance()),
        named);
  }

  private byte[] whole(EntryHeader header) throws IOException {
    ObjectKinds.checkSize(header.type(), header.size(), limits);
    if (header.type() != Constants.OBJ_BLOB) {
      totals.checked = Math.max(totals.checked, header.size());
    }
    ObjectKinds.begin(hash, header.type(), header.size());
    in.inflate(header.size(), hash::update);
    hash.digest(name);
    name.copyRawTo(id, 0);
    return id;
  }

  private void delta(EntryHeader header) throws IOException {
    DeltaSizes sizes = new DeltaSizes();
    in.inflate(header.size(), sizes);
    long largest = Math.max(sizes.base(), sizes.result());
    if (largest > limits.blobBytes()) {
      throw new TooLargeObjectInPackException(largest, limits.blobBytes());
    }
    if (largest > limits.deltaBytes()) {
      throw new PackRefused(new PackProblem.DeltaTooLarge(largest, limits.deltaBytes()));
    }
    totals.deltas++;
    totals.rebuilt = Math.max(totals.rebuilt, largest);
    totals.unpack(sizes.result());
    totals.results += sizes.result();
  }

  /** What all entries amount to. */
  private final class Totals {
    private int deltas;
    private int refDeltas;
    private long checked;
    private long rebuilt;
    private long results;
    private long unpacked;

    private void unpack(long size) throws PackRefused {
      unpacked += size;
      if (size > limits.unpackedBytes() || unpacked > limits.unpackedBytes()) {
        throw new PackRefused(new PackProblem.UnpacksTooLarge(limits.unpackedBytes()));
      }
    }

    private PackSummary summary(int count, long end, ObjectId digest) {
      return new PackSummary(
          count, deltas, refDeltas, checked, rebuilt, results, unpacked, end, digest);
    }
  }
}
