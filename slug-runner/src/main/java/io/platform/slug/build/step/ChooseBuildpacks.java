package io.platform.slug.build.step;

import io.platform.slug.AppJson;
import io.platform.slug.BadFormatException;
import io.platform.slug.BuildpackReference;
import io.platform.slug.ConfigVars;
import io.platform.slug.JsonObject;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.buildpack.BuildpackChoice;
import io.platform.slug.build.buildpack.BuildpackChoice.By;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildpackChoiceMessages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds the buildpacks that are chosen for the app: by its developers at the platform, by the
 * config vars {@link ConfigVars#BUILDPACK} and BUILDPACK_URL, in the file {@code .buildpacks} (one
 * a line), or in {@code buildpacks} of {@code app.json}.
 */
public final class ChooseBuildpacks {
  private static final String URL = "BUILDPACK_URL";
  private static final String LIST = ".buildpacks";
  private static final long MOST = 64 * 1024;

  private final List<BuildpackReference> chosen;
  private final Map<String, String> config;
  private final Path build;

  /**
   * Of the app in {@code build}.
   *
   * @param chosen those that its developers chose at the platform
   * @param config its config vars
   */
  public ChooseBuildpacks(List<BuildpackReference> chosen, Map<String, String> config, Path build) {
    this.chosen = chosen;
    this.config = config;
    this.build = build;
  }

  /** The choice; empty where the app leaves it to the platform. */
  public Optional<BuildpackChoice> run() throws BuildFailure, IOException {
    for (By by : By.values()) {
      List<BuildpackReference> named = named(by);
      if (!named.isEmpty()) {
        return choice(by, named);
      }
    }
    return Optional.empty();
  }

  /**
   * Tells, or refuses, that an app gets {@code found} whose app.json names buildpacks which this
   * platform does not have.
   */
  public void checkManifest(Buildpack found, Consumer<String> notes)
      throws BuildFailure, IOException {
    if (!named(By.BUILDPACK_URL).isEmpty() || !named(By.LIST).isEmpty()) {
      return;
    }
    List<BuildpackReference> foreign = foreign(named(By.MANIFEST));
    if (foreign.isEmpty()) {
      return;
    }
    if (!found.id().equals("nodejs")) {
      throw BuildpackChoiceMessages.foreignBuildpacks(By.MANIFEST, foreign);
    }
    notes.accept(
        "%s names the %s, which this platform does not have."
            .formatted(AppJson.FILE, BuildpackChoiceMessages.buildpacks(foreign)));
  }

  private Optional<BuildpackChoice> choice(By by, List<BuildpackReference> references)
      throws BuildFailure {
    List<BuildpackReference> foreign = foreign(references);
    if (foreign.isEmpty()) {
      return Optional.of(new BuildpackChoice(by, references));
    }
    return switch (by) {
      case BUILDPACK -> throw BuildpackChoiceMessages.buildpackUnknown(foreign.getFirst());
      case APP, BUILDPACK_URL, LIST -> throw BuildpackChoiceMessages.foreignBuildpacks(by, foreign);
      case MANIFEST -> Optional.empty();
    };
  }

  private static List<BuildpackReference> foreign(List<BuildpackReference> references) {
    return references.stream()
        .filter(BuildpackReference.Foreign.class::isInstance)
        .distinct()
        .toList();
  }

  private List<BuildpackReference> named(By by) throws IOException {
    return switch (by) {
      case APP -> chosen;
      case BUILDPACK -> references(variable(ConfigVars.BUILDPACK));
      case BUILDPACK_URL -> references(variable(URL));
      case LIST -> references(lines());
      case MANIFEST -> references(manifest());
    };
  }

  private static List<BuildpackReference> references(List<String> named) {
    return named.stream().map(BuildpackReference::of).toList();
  }

  private List<String> variable(String name) {
    return Optional.ofNullable(config.get(name)).map(String::strip).stream()
        .filter(value -> !value.isEmpty())
        .toList();
  }

  private List<String> lines() throws IOException {
    return text(LIST)
        .map(text ->
            text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList())
        .orElse(List.of());
  }

  private List<String> manifest() throws IOException {
    Optional<String> text = text(AppJson.FILE);
    List<String> names = new ArrayList<>();
    if (text.isPresent()) {
      try {
        JsonObject json = JsonObject.parse(text.get().getBytes(StandardCharsets.UTF_8));
        for (Object entry : json.list("buildpacks")) {
          if (entry instanceof String name) {
            names.add(name.strip());
          } else if (entry instanceof JsonObject object) {
            object.optionalString("url").map(String::strip).ifPresent(names::add);
          }
        }
      } catch (BadFormatException notOurs) {
        // What is wrong in app.json is told when all of it is read.
        return List.of();
      }
    }
    return names;
  }

  private Optional<String> text(String name) throws IOException {
    Path file = build.resolve(name);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= MOST
        ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
        : Optional.empty();
  }
}
