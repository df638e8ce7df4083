package io.platform.slug.build.step;

import io.platform.commons.console.TerminalText;
import io.platform.slug.Procfile;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.buildpack.BuildpackDetection;
import io.platform.slug.build.buildpack.BuildpackProgram;
import io.platform.slug.build.check.MissingLanguage;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildpackChoiceMessages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the first built-in buildpack that says that it fits. */
public final class DetectBuildpack {
  private static final int NAMES_SHOWN = 12;

  private static final List<String> LOOKED_FOR =
      List.of("package.json", "index.html", Procfile.FILE);

  /** Names by which Docker and Podman know what to build. */
  private static final List<String> CONTAINER_FILES =
      List.of(
          "Dockerfile",
          "dockerfile",
          "Containerfile",
          "compose.yaml",
          "compose.yml",
          "docker-compose.yml",
          "docker-compose.yaml");

  private final List<Buildpack> buildpacks;
  private final BuildpackProgram program;
  private final Path build;
  private final int ignored;

  /**
   * Looks at the app in {@code build}.
   *
   * @param ignored how many paths its .slugignore has removed
   */
  public DetectBuildpack(
      List<Buildpack> buildpacks, BuildpackProgram program, Path build, int ignored) {
    this.buildpacks = buildpacks;
    this.program = program;
    this.build = build;
    this.ignored = ignored;
  }

  /** A buildpack that fits, under the name that it gave itself. */
  public Buildpack run() throws BuildFailure, IOException, InterruptedException {
    for (Buildpack buildpack : buildpacks) {
      BuildpackDetection detection = BuildpackDetection.of(buildpack, program, build, errors -> {});
      if (detection.fits()) {
        return buildpack.named(detection.name());
      }
    }
    throw BuildpackChoiceMessages.noBuildpack(buildpacks, namesAtRoot(), notes());
  }

  /** What the app seems to be, and what may be missing in its tree, in sentences. */
  private List<String> notes() throws IOException {
    List<String> notes = new ArrayList<>(misspelt());
    MissingLanguage.sentence(build).ifPresent(notes::add);
    CONTAINER_FILES.stream()
        .filter(name -> Files.isRegularFile(build.resolve(name)))
        .findFirst()
        .map("The %s is not used: this platform builds with buildpacks."::formatted)
        .ifPresent(notes::add);
    if (ignored > 0) {
      notes.add(
          "Its .slugignore removed %s before that."
              .formatted(ignored == 1 ? "one path" : "%,d paths".formatted(ignored)));
    }
    Path attributes = build.resolve(".gitattributes");
    if (Files.isRegularFile(attributes, LinkOption.NOFOLLOW_LINKS)
        && new String(Files.readAllBytes(attributes), StandardCharsets.UTF_8)
            .contains("export-ignore")) {
      notes.add("What its .gitattributes marks export-ignore was left out.");
    }
    return notes;
  }

  /** Files that differ from what buildpacks look for in case alone. */
  private List<String> misspelt() throws IOException {
    List<String> sentences = new ArrayList<>();
    try (Stream<Path> children = Files.list(build)) {
      for (Path child : children.sorted().toList()) {
        String name = String.valueOf(child.getFileName());
        for (String wanted : LOOKED_FOR) {
          if (wanted.equalsIgnoreCase(name) && !wanted.equals(name)) {
            sentences.add("The file `%s` is not read: name it `%s`.".formatted(name, wanted));
          }
        }
      }
    }
    return sentences;
  }

  private List<String> namesAtRoot() throws IOException {
    try (Stream<Path> children = Files.list(build)) {
      List<String> names =
          children.sorted().limit(NAMES_SHOWN + 1L).map(DetectBuildpack::shown).toList();
      return names.size() <= NAMES_SHOWN
          ? names
          : Stream.concat(names.stream().limit(NAMES_SHOWN), Stream.of("…")).toList();
    }
  }

  private static String shown(Path path) {
    String name = TerminalText.inline(String.valueOf(path.getFileName()));
    if (Files.exists(path)) {
      return Files.isDirectory(path) ? name + "/" : name;
    }
    return name + " (a link that leads to no file of the app)";
  }
}
