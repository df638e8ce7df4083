package io.platform.slug.build.buildpack;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A directory with {@code bin/detect}, {@code bin/compile} and, if need be, {@code bin/release}, as
 * Heroku's buildpack API has it.
 *
 * @param name what it is called in the log: as the app names it, or as it names itself once it fits
 * @param looksFor of a built-in one, for the pusher when it does not fit: {@code package.json}
 */
public record Buildpack(Path directory, String name, Optional<String> looksFor) {
  /** Of a built-in one its short name, such as {@code nodejs}. */
  public String id() {
    return String.valueOf(directory.getFileName());
  }

  /** Whether it comes with the builder. */
  public boolean builtIn() {
    return looksFor.isPresent();
  }

  public Path program(String step) {
    return directory.resolve("bin").resolve(step);
  }

  /** As they ran, such as {@code Node.js, Static site}. */
  public static String names(List<Buildpack> buildpacks) {
    return buildpacks.stream().map(Buildpack::name).distinct().collect(Collectors.joining(", "));
  }

  /** The same under the name that it gives itself. */
  public Buildpack named(String own) {
    return new Buildpack(directory, own, looksFor);
  }
}
