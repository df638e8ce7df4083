package io.platform.git.push;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;

/**
 * Refs that are in the way of a deploy branch: those that git takes for it when the branch is
 * written short (gitrevisions(7) lists where a short name is looked for), and those that cannot
 * exist beside it, since a branch is a file and so cannot be a directory as well.
 */
sealed interface RefCollision {
  /** A client that writes this short name cannot tell the ref from the branch. */
  record Ambiguous(String shortName) implements RefCollision {}

  /** The ref and this branch (its full name) cannot both exist. */
  record Blocking(String branch) implements RefCollision {}

  /**
   * Looks for a collision; none for a deploy branch itself.
   *
   * @param deployBranch its full name, where it is settled; main and master are looked at anyway
   */
  static Optional<RefCollision> of(String ref, Optional<String> deployBranch) {
    Set<String> names = new LinkedHashSet<>();
    deployBranch.ifPresent(branch -> names.add(branch.substring(Constants.R_HEADS.length())));
    Set<String> blocked = new LinkedHashSet<>(names);
    names.addAll(List.of("main", "master"));
    if (blocked.isEmpty()) {
      blocked.addAll(names);
    }
    if (names.stream().anyMatch(name -> ref.equals(Constants.R_HEADS + name))) {
      return Optional.empty();
    }
    return ambiguous(ref, names).or(() -> blocking(ref, blocked));
  }

  private static Optional<RefCollision> ambiguous(String ref, Set<String> names) {
    return Stream.concat(
            Stream.of(Constants.HEAD),
            names.stream()
                .flatMap(name -> Stream.of(name, "heads/" + name, Constants.R_HEADS + name)))
        .filter(shortName -> isLookedUp(shortName, ref))
        .<RefCollision>map(Ambiguous::new)
        .findFirst();
  }

  private static boolean isLookedUp(String shortName, String ref) {
    return Stream.of("refs/%s", "refs/tags/%s", "refs/heads/%s", "refs/remotes/%s")
            .anyMatch(place -> place.formatted(shortName).equals(ref))
        || "refs/remotes/%s/HEAD".formatted(shortName).equals(ref);
  }

  private static Optional<RefCollision> blocking(String ref, Set<String> names) {
    return names.stream()
        .map(name -> Constants.R_HEADS + name)
        .filter(branch -> ref.startsWith(branch + "/") || branch.startsWith(ref + "/"))
        .<RefCollision>map(Blocking::new)
        .findFirst();
  }
}
