package io.platform.slug.build.step;

import io.platform.slug.BadFormatException;
import io.platform.slug.ProcessTypes;
import io.platform.slug.Procfile;
import io.platform.slug.ProcfileLimits;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.buildpack.ReleaseOutput;
import io.platform.slug.build.check.StartProblems;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildFailureMessages;
import io.platform.slug.build.log.BuilderLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the app's process types: in its Procfile, or else in the output of the buildpack's {@code
 * bin/release}.
 */
public final class FindProcessTypes {
  private static final ProcfileLimits LIMITS = ProcfileLimits.defaults();

  private final RunRelease release;
  private final Path build;
  private final BuilderLog log;
  private final StartProblems problems;
  private final boolean keepWeb;
  private List<String> told = List.of();
  private List<String> toldProblems = List.of();

  /**
   * Finds those of the app in {@code build}.
   *
   * @param release tells the buildpacks' defaults
   * @param problems what keeps them from starting, which is told and not refused
   * @param keepWeb whether it must have a process type {@code web}
   */
  public FindProcessTypes(
      RunRelease release, Path build, BuilderLog log, StartProblems problems, boolean keepWeb) {
    this.problems = problems;
    this.release = release;
    this.build = build;
    this.log = log;
    this.keepWeb = keepWeb;
  }

  /**
   * What the pushed Procfile declares, so that a mistake in it is told before the build; empty
   * where there is none.
   */
  public Optional<ProcessTypes> declared() throws BuildFailure, IOException {
    Optional<Procfile> procfile = procfile();
    if (procfile.isEmpty()) {
      return Optional.empty();
    }
    told = tell(procfile.get().warnings(), told);
    check(procfile.get().processTypes());
    return Optional.of(procfile.get().processTypes());
  }

  /**
   * Tells what will keep the app from starting as far as the pushed files show it.
   *
   * @param declared what the Procfile declares
   */
  public void tellProblems(ProcessTypes declared) throws IOException {
    toldProblems = tell(problems.beforeInstallation(declared), toldProblems);
  }

  /**
   * What a compiled app and its buildpacks say.
   *
   * @param configVars the buildpacks' defaults of config vars
   */
  public record Found(ProcessTypes types, Map<String, String> configVars) {}

  /** What they are once the app is compiled, which may have changed the Procfile. */
  public Found run(List<Buildpack> buildpacks)
      throws BuildFailure, IOException, InterruptedException {
    log.heading("Discovering process types");
    Optional<ProcessTypes> declared = declared();
    // Those that are built in have nothing but process types to tell.
    ReleaseOutput released =
        release.run(
            declared.isEmpty()
                ? buildpacks
                : buildpacks.stream().filter(buildpack -> !buildpack.builtIn()).toList());
    String names = Buildpack.names(buildpacks);
    ProcessTypes types =
        declared.isPresent() ? declared.get() : checked(released.processTypes(), names);
    log.body(
        (declared.isPresent() ? "Procfile declares types" : "Default types for " + names)
            + " -> "
            + String.join(", ", types.names()));
    toldProblems = tell(problems.of(types), toldProblems);
    tellWhatDoesNotRun(types);
    return new Found(types, released.configVars());
  }

  private void check(ProcessTypes declared) throws BuildFailure {
    if (keepWeb && declared.command(ProcessTypes.WEB).isEmpty()) {
      throw BuildFailureMessages.webLost();
    }
    if (declared.isEmpty()) {
      throw BuildFailureMessages.procfileInvalid("it names no process");
    }
  }

  /** Tells those that are new. */
  private List<String> tell(List<String> warnings, List<String> before) {
    warnings.stream().filter(warning -> !before.contains(warning)).forEach(log::warning);
    return warnings;
  }

  private void tellWhatDoesNotRun(ProcessTypes types) {
    if (types.command(ProcessTypes.WEB).isEmpty()) {
      log.body("There is no web process, so nothing answers at the app's URL.");
    }
  }

  /** The builder's own files are not for the app to name. */
  private void refuseLinkThatLeadsOut(Path file) throws BuildFailure, IOException {
    if (Files.isSymbolicLink(file)
        && !(Files.exists(file) && file.toRealPath().startsWith(build.toRealPath()))) {
      throw BuildFailureMessages.procfileInvalid("it is a link, and leads to no file of the app");
    }
  }

  private Optional<Procfile> procfile() throws BuildFailure, IOException {
    Path file = build.resolve(Procfile.FILE);
    refuseLinkThatLeadsOut(file);
    if (!Files.isRegularFile(file)) {
      told = tell(misnamed().stream().toList(), told);
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(Procfile.parse(in.readNBytes(LIMITS.fileBytes() + 1), LIMITS));
    } catch (BadFormatException bad) {
      throw BuildFailureMessages.procfileInvalid(BuildFailureMessages.reason(bad));
    }
  }

  private Optional<String> misnamed() throws IOException {
    try (Stream<Path> children = Files.list(build)) {
      return children
          .filter(child -> Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS))
          .map(child -> String.valueOf(child.getFileName()))
          .filter(Procfile.FILE::equalsIgnoreCase)
          .findFirst()
          .map(name -> "The file `%s` is not read: name it `%s`.".formatted(name, Procfile.FILE));
    }
  }

  private ProcessTypes checked(ProcessTypes released, String buildpacks) throws BuildFailure {
    if (released.isEmpty()) {
      throw BuildFailureMessages.noProcessTypes(buildpacks);
    }
    if (keepWeb && released.command(ProcessTypes.WEB).isEmpty()) {
      throw BuildFailureMessages.webLost();
    }
    return released;
  }
}
