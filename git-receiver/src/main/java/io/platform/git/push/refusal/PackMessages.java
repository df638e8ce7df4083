package io.platform.git.push.refusal;

import static io.platform.failure.Quantities.size;

import io.platform.git.pack.PackProblem;
import java.util.List;
import java.util.Locale;

/** The messages for refused packs. */
final class PackMessages {
  private static final String FIND_LARGE =
      "Find large files with   git rev-list --objects --all | git cat-file --batch-check='%(objectsize) %(rest)' | sort -n | tail";
  private static final String MORE_MEMORY =
      "or contact your administrator to give the server more memory (-Xmx).";

  private PackMessages() {}

  static List<String> lines(PackProblem problem) {
    return switch (problem) {
      case PackProblem.TooManyObjects e ->
          List.of(
              "The push has %s objects; the limit is %s."
                  .formatted(number(e.objects()), number(e.limit())),
              "Push less history at a time (a branch of older commits first), or contact your administrator for a higher limit (PLATFORM_MAX_OBJECTS).");
      case PackProblem.TooManyParents e ->
          List.of(
              "The commits of the push have more than %s parents together, which is this platform's limit."
                  .formatted(number(e.limit())),
              "Push less history at a time (a branch of older commits first), or contact your administrator for a higher limit (PLATFORM_MAX_OBJECTS).");
      case PackProblem.ObjectTooLarge e ->
          List.of(
              "The push has a %s of %s; the limit is %s."
                  .formatted(e.kind(), size(e.size()), size(e.limit())),
              e.kind().equals("tree")
                  ? "Move files of the largest directory into subdirectories, rewrite the commits that have it (git filter-repo), and push again."
                  : "Its message or its list of parents is that large. Rewrite it (git filter-repo), and push again.");
      case PackProblem.DeltaTooLarge e ->
          List.of(
              "The push has a file of %s that git sends as a difference to another version. This server can rebuild files up to %s."
                  .formatted(size(e.size()), size(e.limit())),
              "Send large files whole:   git -c core.bigFileThreshold=%s push …"
                  .formatted(megabytes(e.limit())),
              "If it is refused again, repack first:   git -c core.bigFileThreshold=%s repack -adf"
                  .formatted(megabytes(e.limit())));
      case PackProblem.ChainTooLong e ->
          List.of(
              "The push has an object that is more than %d differences, or %s of data, away from what it is made from."
                  .formatted(e.depth(), size(e.bytes())),
              "Shorten the chains with   git repack -adf --depth=50   and push again.");
      case PackProblem.NestedTreesTooLarge e ->
          List.of(
              "The push has directories that lie one in another, and together are more than %s as git stores them, which is the limit for the path of one file."
                  .formatted(size(e.limit())),
              "Give them fewer files and shorter names, rewrite the commits that have them (git filter-repo), and push again.");
      case PackProblem.UnpacksTooLarge e ->
          List.of(
              "The push unpacks to more than %s, which is this platform's limit."
                  .formatted(size(e.limit())),
              FIND_LARGE,
              "Keep large files out of the repository (git filter-repo removes them from history), and push again.");
      case PackProblem.TooMuchMemory e ->
          List.of(
              "Unpacking the push needs %s of memory; this server has %s for it."
                  .formatted(size(e.needed()), size(e.limit())),
              "Push less history at a time (a branch of older commits first), keep large files out of the repository,",
              MORE_MEMORY);
      case PackProblem.NoMemoryLeft e ->
          List.of(
              "The push waited too long for memory, which other pushes are using.",
              "Push again in a few minutes.");
      case PackProblem.Malformed e ->
          List.of(
              "The push could not be unpacked, and nothing was stored: the pack %s."
                  .formatted(e.what()),
              "Check your repository with   git fsck   and push again.");
    };
  }

  private static String megabytes(long bytes) {
    return Math.max(1, bytes >> 20) + "m";
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
