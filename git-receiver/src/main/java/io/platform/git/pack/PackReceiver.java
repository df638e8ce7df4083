package io.platform.git.pack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/**
 * Takes packs into repositories. JGit's own parser allocates by what a pack claims; this one reads
 * the pack into a file with two buffers, learns what it holds, reserves the memory that its objects
 * need, and only then rebuilds, checks and indexes them. One for all receives: they share its
 * memory.
 */
public final class PackReceiver {
  private final PackLimits limits;
  private final ReceiveMemory memory;

  /** Receives within these limits. */
  public PackReceiver(PackLimits limits) {
    this.limits = limits;
    this.memory = new ReceiveMemory(limits.memoryBytes());
  }

  /**
   * How many objects a repository may have when a push begins: whoever walks through it, for a
   * fetch or another push, holds a part of each.
   */
  public long mostStored() {
    return 2L * limits.objects();
  }

  /**
   * Where a pack comes from, and where it goes.
   *
   * @param in the pack, and nothing after it
   * @param repository whose object directory gets the pack
   * @param tips objects that must be there then
   * @param checker sees each commit, tree and tag
   */
  public record Delivery(
      InputStream in,
      Repository repository,
      Collection<ObjectId> tips,
      ObjectChecker checker,
      ReceiveWatch watch) {}

  /**
   * Takes a pack. It is complete then: all objects are sound, and all that they refer to is in the
   * pack or in the repository.
   *
   * @throws PackRefused where the pack is malformed or exceeds a limit
   * @throws org.eclipse.jgit.errors.TooLargePackException where it exceeds the limit of packs
   * @throws org.eclipse.jgit.errors.TooLargeObjectInPackException where a blob exceeds its limit
   * @throws org.eclipse.jgit.errors.CorruptObjectException where an object is not as git has it
   * @throws MissingObjectException where something is referred to that is nowhere
   * @throws SubmoduleValidationException where a .gitmodules file is harmful
   */
  public void receive(Delivery delivery) throws IOException, SubmoduleValidationException {
    ObjectDirectory objects = (ObjectDirectory) delivery.repository().getObjectDatabase();
    Path directory = objects.getDirectory().toPath();
    Path spool = directory.resolve("incoming_" + UUID.randomUUID() + ".pack");
    try (ObjectReader reader = delivery.repository().newObjectReader();
        RandomAccessFile file = new RandomAccessFile(spool.toFile(), "rw");
        EntryRecords records = new EntryRecords(Path.of(spool + ".entries"))) {
      PackSummary summary = scan(delivery, file, records);
      ReceiveMemory.Reservation reserved =
          memory.reserve(summary.memory(limits), delivery.watch()::waiting);
      try {
        ObjectTable table = index(delivery, summary, records, file, reader, spool);
        checkTrees(table, new NestedTrees(reader, limits, delivery.watch()));
      } finally {
        reserved.release();
      }
    } finally {
      Files.deleteIfExists(spool);
    }
  }

  private PackSummary scan(Delivery delivery, RandomAccessFile file, EntryRecords records)
      throws IOException {
    OutputStream copy = Channels.newOutputStream(file.getChannel());
    try (PackStream stream = new PackStream(delivery.in(), copy, limits.packBytes())) {
      return new PackScanner(limits, stream, records).scan();
    }
  }

  private ObjectTable index(
      Delivery delivery,
      PackSummary summary,
      EntryRecords records,
      RandomAccessFile file,
      ObjectReader reader,
      Path spool)
      throws IOException, SubmoduleValidationException {
    ObjectTable table =
        new ObjectTable(summary.objects() + summary.refDeltas(), summary.refDeltas());
    records.read(summary.objects(), table::add);
    table.sortDeltas();
    PackLinks links = new PackLinks(table, reader);
    ReceivedObjects received = new ReceivedObjects(delivery.checker(), links, limits);
    PackBases bases = new PackBases(limits, table, file, reader, summary.end());
    try (SpooledPack pack = new SpooledPack(file, delivery.watch())) {
      PackResolver resolver = new PackResolver(limits, table, pack, received, summary);
      resolver.resolve();
      bases.complete(resolver);
    }
    table.requireResolved();
    links.finish();
    for (ObjectId tip : delivery.tips()) {
      links.requireAny(tip);
    }
    if (table.size() > 0) {
      install(delivery.repository(), table, bases.finish(summary.digest()), spool);
    }
    received.checkModules(reader);
    return table;
  }

  private static void checkTrees(ObjectTable table, NestedTrees trees) throws IOException {
    for (int row = 0; row < table.size(); row++) {
      if (table.type(row) == Constants.OBJ_TREE) {
        trees.check(table.id(row));
      }
    }
  }

  private static void install(Repository repository, ObjectTable table, ObjectId digest, Path spool)
      throws IOException {
    ObjectDirectory objects = (ObjectDirectory) repository.getObjectDatabase();
    Path directory = Files.createDirectories(objects.getDirectory().toPath().resolve("pack"));
    String name = "pack-" + digest.name();
    Path pack = directory.resolve(name + ".pack");
    Path index = directory.resolve(name + ".idx");
    new PackIndexFile(table).write(index, digest);
    Files.move(spool, pack, StandardCopyOption.ATOMIC_MOVE);
    for (Path complete : List.of(pack, index)) {
      Files.setPosixFilePermissions(complete, PosixFilePermissions.fromString("r--r--r--"));
    }
    objects.openPack(pack.toFile());
  }
}
