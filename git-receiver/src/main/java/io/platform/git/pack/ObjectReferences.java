package io.platform.git.pack;

import java.io.IOException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.MutableInteger;
import org.eclipse.jgit.util.RawParseUtils;

/**
 * Finds what a commit, a tree or a tag refers to; its form was checked before. Whoever walks
 * through history holds all commits with their parents: those are counted.
 */
final class ObjectReferences {
  private static final byte[] TREE = Constants.encodeASCII("tree ");
  private static final byte[] PARENT = Constants.encodeASCII("parent ");
  private static final byte[] OBJECT = Constants.encodeASCII("object ");
  private static final byte[] TYPE = Constants.encodeASCII("type ");
  private static final int HEX = 2 * Constants.OBJECT_ID_LENGTH;

  private final PackLinks links;
  private final int mostParents;
  private int parents;
  private final byte[] id = new byte[Constants.OBJECT_ID_LENGTH];

  /**
   * What objects of a pack refer to.
   *
   * @param mostParents that all commits may have together
   */
  ObjectReferences(PackLinks links, int mostParents) {
    this.links = links;
    this.mostParents = mostParents;
  }

  /** Requires each object that this one refers to. */
  void require(int type, byte[] content) throws IOException {
    switch (type) {
      case Constants.OBJ_TREE -> tree(content);
      case Constants.OBJ_COMMIT -> commit(content);
      case Constants.OBJ_TAG -> tag(content);
      default -> {}
    }
  }

  private void tree(byte[] content) throws IOException {
    int at = 0;
    while (at < content.length) {
      int space = end(content, at, ' ');
      int name = end(content, space + 1, 0) + 1;
      if (name + Constants.OBJECT_ID_LENGTH > content.length) {
        throw PackRefused.malformed("holds a tree that is cut off");
      }
      int mode = 0;
      for (int i = at; i < space; i++) {
        mode = (mode << 3) | (content[i] - '0');
      }
      // A submodule's commit is in another repository.
      if (!FileMode.GITLINK.equals(mode)) {
        boolean tree = FileMode.TREE.equals(mode);
        links.require(content, name, tree ? Constants.OBJ_TREE : Constants.OBJ_BLOB);
      }
      at = name + Constants.OBJECT_ID_LENGTH;
    }
  }

  private static int end(byte[] content, int from, int mark) {
    int at = from;
    while (at < content.length && content[at] != mark) {
      at++;
    }
    return at;
  }

  private void commit(byte[] content) throws IOException {
    int at = hex(content, TREE.length, Constants.OBJ_TREE);
    while (RawParseUtils.match(content, at, PARENT) >= 0) {
      if (++parents > mostParents) {
        throw new PackRefused(new PackProblem.TooManyParents(mostParents));
      }
      at = hex(content, at + PARENT.length, Constants.OBJ_COMMIT);
    }
  }

  private void tag(byte[] content) throws IOException {
    ObjectId object = ObjectId.fromString(content, OBJECT.length);
    MutableInteger at = new MutableInteger();
    at.value = OBJECT.length + HEX + 1 + TYPE.length;
    int type = Constants.decodeTypeString(object, content, (byte) '\n', at);
    hex(content, OBJECT.length, type);
  }

  /** Requires the object whose name is here in hexadecimal digits; where the next line begins. */
  private int hex(byte[] content, int at, int type) throws IOException {
    ObjectId.fromString(content, at).copyRawTo(id, 0);
    links.require(id, 0, type);
    return at + HEX + 1;
  }
}
