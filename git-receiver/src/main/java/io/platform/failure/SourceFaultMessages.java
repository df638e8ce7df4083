package io.platform.failure;

import io.platform.domain.SourceFault;
import io.platform.domain.SourceFault.Offence;
import io.platform.domain.SourceFault.OverLimit;
import java.util.List;

/** The messages for trees that cannot be deployed. */
final class SourceFaultMessages {
  private static final String SMALLER =
      "Remove what the app does not need, or mark it export-ignore in .gitattributes, and push again.";

  private SourceFaultMessages() {}

  static List<String> lines(SourceFault fault) {
    return switch (fault) {
      case Offence offence -> offence(offence);
      case OverLimit over -> over(over, over.path().isEmpty() ? "the root" : over.path());
    };
  }

  private static List<String> offence(Offence offence) {
    return switch (offence.kind()) {
      case SUBMODULE ->
          List.of(
              "The tree has %s: %s"
                  .formatted(counted(offence, "a submodule", "submodules"), some(offence)),
              "A submodule is only a link to another repository: its files are not part of the push and would be missing from the app.",
              "Add the files themselves (git subtree, or a package manager), and push again.");
      case LFS_POINTER ->
          List.of(
              "The tree has %s whose content was not uploaded: %s"
                  .formatted(
                      counted(offence, "a Git LFS pointer", "Git LFS pointers"), some(offence)),
              "The app would get the pointer in place of the file.",
              "Upload the content (git lfs push --all platform), and push again. Without git-lfs, put the file itself into git.");
      case LINK_LEADS_OUT ->
          List.of(
              "The platform would have to read %s with a target outside the repository: %s"
                  .formatted(counted(offence, "a symbolic link", "symbolic links"), some(offence)),
              "Put the file itself there, or link to a file of the repository, and push again.");
      case LINK_TARGET ->
          List.of(
              "The tree has %s with a target that is empty or longer than 4,095 bytes: %s"
                  .formatted(counted(offence, "a symbolic link", "symbolic links"), some(offence)),
              "No system can have such a link. Remove it, and push again.");
      case LONG_NAME ->
          List.of(
              "The tree has %s with a name of more than 255 bytes: %s"
                  .formatted(counted(offence, "a file", "files"), some(offence)),
              "Linux takes no such name. Rename it, and push again.");
      case PLACEHOLDER ->
          List.of(
              "The tree has %s with a placeholder that this platform does not expand: %s"
                  .formatted(
                      counted(offence, "an export-subst file", "export-subst files"),
                      some(offence)),
              "Use another (docs: slug.md), or take export-subst from the file in .gitattributes, and push again.");
    };
  }

  private static List<String> over(OverLimit over, String path) {
    return switch (over.limit()) {
      case BYTES ->
          List.of(
              "The files of the pushed tree are together larger than %s, which is this platform's limit."
                  .formatted(Quantities.size(over.most())),
              SMALLER);
      case ENTRIES ->
          List.of(
              "The pushed tree has more than %,d files and directories, which is this platform's limit; it was reached in %s."
                  .formatted(over.most(), path),
              SMALLER);
      case DEPTH ->
          List.of(
              "The pushed tree has more than %,d directories within each other, which is this platform's limit: %s"
                  .formatted(over.most(), path),
              SMALLER);
      case PATH_BYTES ->
          List.of(
              "The pushed tree has a path of more than %,d bytes, which is this platform's limit, in %s"
                  .formatted(over.most(), path),
              "Use shorter names or fewer directories within each other, and push again.");
      case ATTRIBUTES_FILE_BYTES ->
          List.of(
              "%s is larger than %s, which is this platform's limit."
                  .formatted(path, Quantities.size(over.most())),
              "Use patterns in place of single files in it, and push again.");
      case ATTRIBUTES_BYTES ->
          List.of(
              "The .gitattributes files of the pushed tree are together larger than %s, which is this platform's limit; it was reached in %s."
                  .formatted(Quantities.size(over.most()), path),
              "Use patterns in place of single files in them, and push again.");
      case ATTRIBUTES_RULES ->
          List.of(
              "More than %,d lines with export-ignore, export-subst or macros hold for one directory, which is this platform's limit; it was reached in %s."
                  .formatted(over.most(), path),
              "Use patterns in place of single files, and push again.");
      case ATTRIBUTES_STEPS ->
          List.of(
              "The patterns in the .gitattributes files take too long to match with the files of the pushed tree; the last one was %s."
                  .formatted(path),
              "Use fewer patterns with export-ignore and export-subst, with fewer wildcards, and push again.");
      case SUBSTITUTED_BYTES ->
          List.of(
              "%s is export-subst and larger than %s, or 16 times as much when expanded, which is this platform's limit."
                  .formatted(path, Quantities.size(over.most())),
              "Put what is to be expanded into a file of its own, and push again.");
    };
  }

  private static String counted(Offence offence, String one, String many) {
    return offence.count() == 1 ? one : offence.count() + " " + many;
  }

  private static String some(Offence offence) {
    String named = String.join(", ", offence.paths());
    int others = offence.count() - offence.paths().size();
    return others == 0 ? named : named + " and %,d more".formatted(others);
  }
}
