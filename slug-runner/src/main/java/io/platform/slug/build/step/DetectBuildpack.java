package io.platform.slug.build.step;

import io.platform.commons.console.TerminalText;
import io.platform.slug.Procfile;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.buildpack.BuildpackProgram;
import io.platform.slug.build.check.MissingLanguage;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildFailureMessages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the buildpack that the app chooses, or else the first that says that it fits. */
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
  private final BuildpackChoice choice;
  private final int ignored;

  /**
   * Looks at the app in {@code build}.
   *
   * @param ignored how many paths its .slugignore has removed
   */
  public DetectBuildpack(
      List<Buildpack> buildpacks,
      BuildpackProgram program,
      Path build,
      BuildpackChoice choice,
      int ignored) {
    this.buildpacks = buildpacks;
    this.program = program;
    this.build = build;
    this.choice = choice;
    this.ignored = ignored;
  }

  /** A buildpack that fits, under the name that it gave itself. */
  public Buildpack run() throws BuildFailure, IOException, InterruptedException {
    Optional<String> chosen = choice.id();
    for (Buildpack buildpack : buildpacks) {
      if (chosen.isEmpty() || chosen.get().equals(buildpack.id())) {
        Optional<Buildpack> fitting = detect(buildpack);
        if (fitting.isPresent()) {
          return fitting.get();
        }
        if (chosen.isPresent()) {
          throw BuildFailureMessages.buildpackDoesNotFit(buildpack);
        }
      }
    }
    if (chosen.isPresent()) {
      throw BuildFailureMessages.buildpackUnknown(chosen.get(), buildpacks);
    }
    throw BuildFailureMessages.noBuildpack(buildpacks, namesAtRoot(), notes());
  }

  private Optional<Buildpack> detect(Buildpack buildpack) throws IOException, InterruptedException {
    StringBuilder output = new StringBuilder();
    int status =
        program.run(
            List.of(buildpack.program("detect").toString(), build.toString()),
            line -> {
              if (output.isEmpty()) {
                output.append(line.strip());
              }
            });
    String name = output.isEmpty() ? buildpack.name() : output.toString();
    return status == 0
        ? Optional.of(new Buildpack(buildpack.directory(), name, buildpack.looksFor()))
        : Optional.empty();
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
