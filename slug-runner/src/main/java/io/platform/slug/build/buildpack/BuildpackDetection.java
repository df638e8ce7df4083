package io.platform.slug.build.buildpack;

import io.platform.commons.console.TerminalText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * What {@code bin/detect} of a buildpack says of an app.
 *
 * @param status its exit status: 0 if the buildpack fits
 * @param name the first line that it prints, or else what the buildpack is called
 */
public record BuildpackDetection(int status, String name) {
  private static final int LONGEST_NAME = 100;

  /**
   * Runs it.
   *
   * @param errors takes what it says besides the name
   */
  public static BuildpackDetection of(
      Buildpack buildpack, BuildpackProgram program, Path build, Consumer<String> errors)
      throws IOException, InterruptedException {
    StringBuilder output = new StringBuilder();
    int status =
        program.run(
            List.of(buildpack.program("detect").toString(), build.toString()),
            line -> {
              if (output.isEmpty()) {
                output.append(line.strip());
              }
            },
            errors);
    String name = output.isEmpty() ? buildpack.name() : TerminalText.inline(output.toString());
    return new BuildpackDetection(
        status, name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name);
  }

  public boolean fits() {
    return status == 0;
  }
}
