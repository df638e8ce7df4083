package io.platform.git.push.refusal;

import io.platform.failure.Quantities;
import io.platform.git.push.refusal.PushRefusal.UploadRefusal;
import java.util.List;
import java.util.stream.Collectors;

/** The messages for uploads that were refused. */
final class UploadRefusalMessages {
  private static final int PATH_SHOWN = 200;

  private UploadRefusalMessages() {}

  static List<String> lines(UploadRefusal refusal) {
    return switch (refusal) {
      case UploadRefusal.BadPack(var problem) -> PackMessages.lines(problem);
      case UploadRefusal.PackTooLarge(long limit) ->
          List.of(
              "The push is larger than %s, which is this platform's limit."
                  .formatted(Quantities.size(limit)),
              "Keep large files out of the repository (git filter-repo removes them from history), and push again.");
      case UploadRefusal.ObjectTooLarge(long limit) ->
          List.of(
              "A file in the push is larger than %s, which is this platform's limit for one file."
                  .formatted(Quantities.size(limit)),
              "Find it with   git rev-list --objects --all | git cat-file --batch-check='%(objectsize) %(rest)' | sort -n | tail",
              "and remove it from every commit that is pushed (git filter-repo), then push again.");
      case UploadRefusal.ShallowClone() ->
          List.of(
              "The push comes from a shallow clone, and commits are missing that this repository does not have.",
              "Get the whole history, and push again:   git fetch --unshallow");
      case UploadRefusal.MissingObject(String id) ->
          List.of(
              "The push refers to %s, which is neither in the push nor on the server."
                  .formatted(id),
              "Check your repository with   git fsck   and push again.");
      case UploadRefusal.BrokenObject(String reason) ->
          List.of(
              "The push contains an object that git fsck rejects: %s".formatted(reason),
              "Find it with   git fsck   and rewrite the commits that hold it, then push again.");
      case UploadRefusal.ForbiddenNames(var paths) ->
          List.of(
              "The push has names that Windows or macOS takes for .git or .gitmodules, which git itself refuses: "
                  + paths.stream()
                      .map(UploadRefusalMessages::visible)
                      .collect(Collectors.joining(", ")),
              "Rename them in every commit that is pushed (git filter-repo), then push again.");
      case UploadRefusal.Stalled() ->
          List.of("The upload stopped before it was complete. Nothing was stored.", "Push again.");
      case UploadRefusal.TooSlow(int bytesPerSecond) ->
          List.of(
              "The upload was slower than %s a second for a minute. Nothing was stored."
                  .formatted(Quantities.size(bytesPerSecond)),
              "Push again over a better connection.");
      case UploadRefusal.TooComplex() ->
          List.of(
              "The push holds files that are too large to be unpacked with the server's memory.",
              "Keep large files out of the repository, or contact your administrator for more memory (-Xmx).");
      case UploadRefusal.Unreadable() ->
          List.of("The push could not be unpacked. Nothing was stored.", "Push again.");
    };
  }

  /** A path whose characters can all be seen, and not too much of it. */
  private static String visible(String path) {
    StringBuilder visible = new StringBuilder();
    path.codePoints()
        .limit(PATH_SHOWN)
        .forEach(c -> {
          switch (Character.getType(c)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR ->
                visible.append("\\u%04x".formatted(c));
            default -> visible.appendCodePoint(c);
          }
        });
    return visible.toString();
  }
}
