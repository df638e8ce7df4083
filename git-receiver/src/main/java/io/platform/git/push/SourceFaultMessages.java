package io.platform.git.push;

import io.platform.git.source.SourceFault;
import io.platform.git.source.SourceFault.Offence;
import io.platform.git.source.SourceFault.OverLimit;
import java.util.Locale;

/** Why a tree is not deployed, and what to do about it. */
final class SourceFaultMessages {
  private static final String SMALLER =
      "Remove what the app does not need, or mark it export-ignore in .gitattributes, and push again.";

  private SourceFaultMessages() {}

  /** Names the event. */
  static String key(SourceFault fault) {
    return switch (fault) {
      case Offence offence -> offence.kind().name().toLowerCase(Locale.ROOT);
      case OverLimit over -> over.limit().name().toLowerCase(Locale.ROOT);
    };
  }

  static String[] sentences(SourceFault fault) {
    return switch (fault) {
      case Offence offence -> offence(offence);
      case OverLimit over -> over(over, over.path().isEmpty() ? "the root" : over.path());
    };
  }

  private static String[] offence(Offence offence) {
    return switch (offence.kind()) {
      case SUBMODULE ->
          lines(
              "The tree has %s: %s"
                  .formatted(counted(offence, "a submodule", "submodules"), some(offence)),
              "A submodule is only a link to another repository: its files are not part of the push and would be missing from the app.",
              "Add the files themselves (git subtree, or a package manager), and push again.");
      case LFS_POINTER ->
          lines(
              "The tree has %s in place of the real content: %s"
                  .formatted(
                      counted(offence, "a Git LFS pointer", "Git LFS pointers"), some(offence)),
              "This platform keeps no LFS objects, and the app would get the pointers.",
              "Put the files into git itself (git lfs migrate export), or load them when the app starts, and push again.");
      case LINK_LEADS_OUT ->
          lines(
              "The tree has %s that the platform reads and that leads out of the repository: %s"
                  .formatted(counted(offence, "a symbolic link", "symbolic links"), some(offence)),
              "Put the file itself there, or link to a file of the repository, and push again.");
      case LINK_TARGET ->
          lines(
              "The tree has %s with a target that is empty or longer than 4,095 bytes: %s"
                  .formatted(counted(offence, "a symbolic link", "symbolic links"), some(offence)),
              "No system can have such a link. Remove it, and push again.");
      case LONG_NAME ->
          lines(
              "The tree has %s with a name of more than 255 bytes: %s"
                  .formatted(counted(offence, "a file", "files"), some(offence)),
              "Linux takes no such name. Rename it, and push again.");
      case PLACEHOLDER ->
          lines(
              "The tree has %s with a placeholder that this platform does not expand: %s"
                  .formatted(
                      counted(offence, "an export-subst file", "export-subst files"),
                      some(offence)),
              "Use another (docs: slug.md), or take export-subst from the file in .gitattributes, and push again.");
    };
  }

  private static String[] over(OverLimit over, String path) {
    return switch (over.limit()) {
      case BYTES ->
          lines(
              "The files of the pushed tree are together larger than %s, which is this platform's limit."
                  .formatted(PushMessages.size(over.most())),
              SMALLER);
      case ENTRIES ->
          lines(
              "The pushed tree has more than %,d files and directories, which is this platform's limit; it was reached in %s."
                  .formatted(over.most(), path),
              SMALLER);
      case DEPTH ->
          lines(
              "The pushed tree has more than %,d directories within each other, which is this platform's limit: %s"
                  .formatted(over.most(), shortened(path)),
              SMALLER);
      case PATH_BYTES ->
          lines(
              "The pushed tree has a path of more than %,d bytes, which is this platform's limit, in %s"
                  .formatted(over.most(), shortened(path)),
              "Use shorter names or fewer directories within each other, and push again.");
      case ATTRIBUTES_FILE_BYTES ->
          lines(
              "%s is larger than %s, which is this platform's limit."
                  .formatted(shortened(path), PushMessages.size(over.most())),
              "Use patterns in place of single files in it, and push again.");
      case ATTRIBUTES_BYTES ->
          lines(
              "The .gitattributes files of the pushed tree are together larger than %s, which is this platform's limit; it was reached in %s."
                  .formatted(PushMessages.size(over.most()), shortened(path)),
              "Use patterns in place of single files in them, and push again.");
      case ATTRIBUTES_RULES ->
          lines(
              "More than %,d lines with export-ignore, export-subst or macros hold for one directory, which is this platform's limit; it was reached in %s."
                  .formatted(over.most(), shortened(path)),
              "Use patterns in place of single files, and push again.");
      case ATTRIBUTES_STEPS ->
          lines(
              "The patterns in the .gitattributes files take too long to match with the files of the pushed tree; the last one was %s."
                  .formatted(shortened(path)),
              "Use fewer patterns with export-ignore and export-subst, with fewer wildcards, and push again.");
      case SUBSTITUTED_BYTES ->
          lines(
              "%s is export-subst and larger than %s, or 16 times as much when expanded, which is this platform's limit."
                  .formatted(shortened(path), PushMessages.size(over.most())),
              "Put what is to be expanded into a file of its own, and push again.");
    };
  }

  private static String[] lines(String... lines) {
    return lines;
  }

  private static String counted(Offence offence, String one, String many) {
    return offence.count() == 1 ? one : offence.count() + " " + many;
  }

  private static String some(Offence offence) {
    String named =
        String.join(", ", offence.paths().stream().map(SourceFaultMessages::shortened).toList());
    int others = offence.count() - offence.paths().size();
    return others == 0 ? named : named + " and %,d more".formatted(others);
  }

  /** A path of thousands of bytes tells no more than its begin and end. */
  private static String shortened(String path) {
    return path.length() <= 200
        ? path
        : path.substring(0, 120) + "…" + path.substring(path.length() - 60);
  }
}
