package io.platform.git.http.receive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * JGit's check of received objects, and git's rule on names that are {@code .git} elsewhere. A tree
 * does not know its own path: such names are only noted while a pack is received, and their paths
 * looked for afterwards.
 */
final class TreeNameChecker extends ObjectChecker {
  /** How many trees are looked through for the paths of what is refused. */
  private static final int MOST_TREES = 100_000;

  private static final int NAMED = 3;
  private static final int ID_BYTES = Constants.OBJECT_ID_LENGTH;

  private final Set<ObjectId> forbidden = new HashSet<>();
  private final List<String> names = new ArrayList<>();

  @Override
  public void check(@Nullable AnyObjectId id, int type, byte[] raw) throws CorruptObjectException {
    if (id == null || type != Constants.OBJ_TREE || !offends(raw)) {
      super.check(id, type, raw);
    } else if (forbidden.size() < NAMED) {
      forbidden.add(id.copy());
    }
  }

  private boolean offends(byte[] tree) {
    int at = 0;
    while (at < tree.length) {
      int space = find(tree, at, (byte) ' ');
      int end = find(tree, space + 1, (byte) 0);
      if (end >= tree.length) {
        return false; // the other check refuses what is cut off
      }
      byte[] name = Arrays.copyOfRange(tree, space + 1, end);
      boolean link = new String(tree, at, space - at, StandardCharsets.US_ASCII).equals("120000");
      if (DotGitName.isForbidden(name, link)) {
        if (names.size() < NAMED) {
          names.add(new String(name, StandardCharsets.UTF_8));
        }
        return true;
      }
      at = end + 1 + ID_BYTES;
    }
    return false;
  }

  private static int find(byte[] bytes, int from, byte wanted) {
    int at = from;
    while (at < bytes.length && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  /**
   * Refuses what was noted.
   *
   * @param tips what was pushed
   */
  void refuse(Repository repository, Collection<ObjectId> tips) throws IOException {
    if (!forbidden.isEmpty()) {
      List<String> paths = paths(repository, tips);
      throw new ForbiddenNames(paths.isEmpty() ? names : paths);
    }
  }

  private List<String> paths(Repository repository, Collection<ObjectId> tips) throws IOException {
    Set<String> paths = new LinkedHashSet<>();
    Set<ObjectId> seen = new HashSet<>();
    try (RevWalk commits = new RevWalk(repository)) {
      for (ObjectId tip : tips) {
        RevObject object = commits.peel(commits.parseAny(tip));
        if (object instanceof RevCommit commit) {
          commits.markStart(commit);
        }
      }
      for (RevCommit commit : commits) {
        if (paths.size() >= forbidden.size() || seen.size() > MOST_TREES) {
          break;
        }
        look(repository, commit.getTree(), seen, paths);
      }
    }
    return paths.stream().limit(NAMED).toList();
  }

  private void look(Repository repository, ObjectId root, Set<ObjectId> seen, Set<String> paths)
      throws IOException {
    if (!seen.add(root.copy())) {
      return;
    }
    try (TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(root);
      while (seen.size() <= MOST_TREES && walk.next()) {
        byte[] name = name(walk);
        if (DotGitName.isForbidden(name, FileMode.SYMLINK.equals(walk.getRawMode(0)))) {
          paths.add(walk.getPathString());
        }
        if (walk.isSubtree() && seen.add(walk.getObjectId(0))) {
          walk.enterSubtree();
        }
      }
    }
  }

  private static byte[] name(TreeWalk walk) {
    byte[] path = walk.getRawPath();
    int slash = path.length;
    while (slash > 0 && path[slash - 1] != '/') {
      slash--;
    }
    return Arrays.copyOfRange(path, slash, path.length);
  }
}
