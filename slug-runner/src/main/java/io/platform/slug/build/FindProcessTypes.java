package io.platform.slug.build;

import io.platform.slug.ProcessTypes;
import io.platform.slug.Procfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the app's processes are: what its Procfile says, or, where there is none, what the
 * buildpack's {@code bin/release} does.
 */
final class FindProcessTypes {
  private static final long MOST = 64 * 1024;

  private final BuildpackProgram program;
  private final Path build;
  private final BuildLog log;

  FindProcessTypes(BuildpackProgram program, Path build, BuildLog log) {
    this.program = program;
    this.build = build;
    this.log = log;
  }

  ProcessTypes run(Buildpack buildpack) throws BuildFailure, IOException, InterruptedException {
    log.heading("Discovering process types");
    Path file = build.resolve(Procfile.FILE);
    boolean declared = Files.isRegularFile(file);
    ProcessTypes types = declared ? declared(file) : released(buildpack);
    if (types.isEmpty()) {
      throw declared
          ? Failures.procfileInvalid("it names no process")
          : Failures.noProcessTypes(buildpack.name());
    }
    if (types.toJson().toBytes().length > ProcessTypes.MAX_JSON_BYTES) {
      throw Failures.procfileInvalid(
          "its commands are longer than "
              + ProcessTypes.MAX_JSON_BYTES
              + " bytes together; put long ones into scripts");
    }
    log.body(
        (declared ? "Procfile declares types" : "Default types for " + buildpack.name())
            + " -> "
            + String.join(", ", types.names()));
    if (types.command(ProcessTypes.WEB).isEmpty()) {
      log.body("There is no `web` among them: the app will not answer HTTP.");
    }
    return types;
  }

  private ProcessTypes declared(Path file) throws BuildFailure, IOException {
    if (Files.size(file) > MOST) {
      throw Failures.procfileInvalid("it is larger than " + Sizes.readable(MOST));
    }
    Procfile procfile =
        Procfile.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    procfile.warnings().forEach(log::error);
    return procfile.processTypes();
  }

  private ProcessTypes released(Buildpack buildpack)
      throws BuildFailure, IOException, InterruptedException {
    Path release = buildpack.program("release");
    if (!Files.isExecutable(release)) {
      return ProcessTypes.none();
    }
    List<String> output = new ArrayList<>();
    int status = program.run(List.of(release.toString(), build.toString()), output::add);
    if (status != 0) {
      throw Failures.buildpackBroken(
          buildpack.name(), "its bin/release ended with exit code " + status);
    }
    return ReleaseOutput.processTypes(output);
  }
}
