package io.platform.git.pack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.GitmoduleEntry;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;

/** Checks each commit, tree and tag as {@code git fsck} does, and what they refer to. */
final class ReceivedObjects implements PackResolver.Checker {
  private static final int MODULES = 10_000;
  private static final long MODULES_BYTES = 128 * 1024;

  private final ObjectChecker checker;
  private final ObjectReferences references;
  private final Set<ObjectId> modules = new LinkedHashSet<>();

  ReceivedObjects(ObjectChecker checker, PackLinks links, PackLimits limits) {
    this.checker = checker;
    this.references = new ObjectReferences(links, limits.objects());
  }

  @Override
  public void check(ObjectId id, int type, byte[] content) throws IOException {
    checkFormat(id, type, content);
    for (GitmoduleEntry entry : checker.getGitsubmodules()) {
      modules.add(entry.getBlobId().copy());
    }
    checker.getGitsubmodules().clear();
    if (modules.size() > MODULES) {
      throw new CorruptObjectException(
          id, "there are more than %,d versions of .gitmodules".formatted(MODULES));
    }
    references.require(type, content);
  }

  /**
   * JGit's check reads on beyond the end of an object that ends in the middle of a line, and takes
   * times that no later reader can have (badDateOverflow of git-fsck(1)).
   */
  private void checkFormat(ObjectId id, int type, byte[] content) throws CorruptObjectException {
    try {
      checker.check(id, type, content);
      if (type == Constants.OBJ_COMMIT) {
        RevCommit commit = RevCommit.parse(content);
        commit.getAuthorIdent();
        commit.getCommitterIdent();
      }
    } catch (IndexOutOfBoundsException e) {
      throw corrupt(id, "it ends in the middle of its header", e);
    } catch (DateTimeException e) {
      throw corrupt(id, "its date is out of range", e);
    }
  }

  private static CorruptObjectException corrupt(ObjectId id, String why, RuntimeException cause) {
    CorruptObjectException corrupt = new CorruptObjectException(id, why);
    corrupt.initCause(cause);
    return corrupt;
  }

  /** Checks the .gitmodules files, which clients would run commands for. */
  void checkModules(ObjectReader repository) throws IOException, SubmoduleValidationException {
    for (ObjectId id : modules) {
      ObjectLoader blob = repository.open(id, Constants.OBJ_BLOB);
      if (blob.getSize() > MODULES_BYTES) {
        throw new CorruptObjectException(
            id, "a .gitmodules file is larger than %d KiB".formatted(MODULES_BYTES / 1024));
      }
      SubmoduleValidator.assertValidGitModulesFile(
          new String(blob.getBytes(), StandardCharsets.UTF_8));
    }
  }
}
