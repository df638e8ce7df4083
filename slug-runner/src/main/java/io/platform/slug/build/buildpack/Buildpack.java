package io.platform.slug.build.buildpack;

import java.nio.file.Path;

/**
 * A directory with {@code bin/detect}, {@code bin/compile} and, if need be, {@code bin/release}, as
 * Heroku's buildpack API has it.
 *
 * @param looksFor for the pusher, when it does not fit: {@code package.json}
 */
public record Buildpack(Path directory, String name, String looksFor) {
  /** Its short name, such as {@code nodejs}. */
  public String id() {
    return String.valueOf(directory.getFileName());
  }

  public Path program(String step) {
    return directory.resolve("bin").resolve(step);
  }
}
