package io.platform.slug.build.buildpack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The file {@code export} that a buildpack leaves in its own directory: a script that sets what the
 * buildpacks after it get in their environment, such as a PATH to its programs.
 */
public final class ExportFile {
  private static final List<String> READ =
      List.of("bash", "-c", ". \"$1\" >&2; /usr/bin/env -0 >\"$2\"", "export");

  private ExportFile() {}

  /** The file of a buildpack, where it has one. */
  public static Optional<Path> of(Buildpack buildpack) {
    return Optional.of(buildpack.directory().resolve("export")).filter(Files::isRegularFile);
  }

  /**
   * What a shell exports that has sourced {@code file} in the environment of {@code program}; empty
   * where the file ends that shell.
   *
   * @param scratch a file for the result
   * @param lines what the file prints
   */
  public static Optional<Map<String, String>> read(
      Path file, BuildpackProgram program, Path scratch, Consumer<String> lines)
      throws IOException, InterruptedException {
    Files.deleteIfExists(scratch);
    List<String> command = new ArrayList<>(READ);
    command.addAll(List.of(file.toString(), scratch.toString()));
    int status = program.run(command, lines);
    if (status != 0 || !Files.exists(scratch)) {
      return Optional.empty();
    }
    Map<String, String> exported = new TreeMap<>();
    String text = new String(Files.readAllBytes(scratch), StandardCharsets.UTF_8);
    for (String variable : text.split("\0", -1)) {
      int end = variable.indexOf('=');
      if (end > 0) {
        exported.put(variable.substring(0, end), variable.substring(end + 1));
      }
    }
    BuildpackEnvironment.removeShellsOwn(exported);
    return Optional.of(exported);
  }
}
