package io.platform.slug.build.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a cache was made by: it is of no use on another stack, or to other buildpacks.
 *
 * @param stack what the slug was built for
 * @param buildpacks the ids of those that ran, in their order; none in a cache of before they were
 *     noted
 */
record CacheOrigin(String stack, List<String> buildpacks) {
  /** In the cache's directory while it is stored: the stack, and then a buildpack a line. */
  private static final String FILE = ".stack";

  CacheOrigin {
    buildpacks = List.copyOf(buildpacks);
  }

  /** Takes the note out of a restored cache. */
  static Optional<CacheOrigin> take(Path cache) throws IOException {
    Path file = cache.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .toList();
    Files.delete(file);
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(new CacheOrigin(lines.getFirst(), lines.subList(1, lines.size())));
  }

  /** Puts the note into a cache that is to be stored. */
  void put(Path cache) throws IOException {
    List<String> lines = new ArrayList<>(List.of(stack));
    lines.addAll(buildpacks);
    Files.writeString(cache.resolve(FILE), String.join("\n", lines), StandardCharsets.UTF_8);
  }

  /** Whether it was made by other buildpacks than these. */
  boolean isOfOthers(List<String> others) {
    return !buildpacks.isEmpty() && !buildpacks.equals(others);
  }
}
