package io.platform.slug.build.step;

import io.platform.slug.BadFormatException;
import io.platform.slug.ConfigVars;
import io.platform.slug.JsonObject;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildFailureMessages;
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
import java.util.regex.Pattern;

/**
 * Finds the buildpack that the app asks for itself: by the config var {@link ConfigVars#BUILDPACK},
 * or in one of the ways that other platforms have, which this one can only refuse: the config var
 * BUILDPACK_URL, the file {@code .buildpacks} (one URL a line), {@code buildpacks} in {@code
 * app.json}.
 */
public final class BuildpackChoice {
  private static final String URL = "BUILDPACK_URL";
  private static final String LIST = ".buildpacks";
  private static final String MANIFEST = "app.json";
  private static final long MOST = 64 * 1024;

  /** Names under which other platforms have the buildpacks that are built in here. */
  private static final Map<String, Pattern> SAME =
      Map.of(
          "nodejs", Pattern.compile("(?:.*[/-])?nodejs(?:\\.git|\\.tgz)?(?:[#@].*)?"),
          "static", Pattern.compile("(?:.*[/-])?(?:static|nginx)(?:\\.git|\\.tgz)?(?:[#@].*)?"),
          "procfile", Pattern.compile("(?:.*[/-])?(?:null|procfile)(?:\\.git|\\.tgz)?(?:[#@].*)?"));

  private final Map<String, String> config;
  private final Path build;

  public BuildpackChoice(Map<String, String> config, Path build) {
    this.config = config;
    this.build = build;
  }

  /** The id that the config var names. */
  public Optional<String> id() {
    return Optional.ofNullable(config.get(ConfigVars.BUILDPACK))
        .map(String::strip)
        .filter(id -> !id.isEmpty());
  }

  /** Refuses an app that asks for a buildpack other than the one that it gets. */
  public void check(Buildpack found, Consumer<String> notes) throws BuildFailure, IOException {
    if (id().isPresent()) {
      return;
    }
    Optional<String> url = Optional.ofNullable(config.get(URL)).map(String::strip);
    if (url.isPresent() && isOther(url.get(), found)) {
      throw BuildFailureMessages.foreignBuildpack(
          "The config var " + URL,
          List.of(url.get()),
          "remove it with   platform config unset " + URL,
          found);
    }
    List<String> listed = others(lines(), found);
    if (!listed.isEmpty()) {
      throw BuildFailureMessages.foreignBuildpack(
          "The file " + LIST,
          listed,
          listed.size() == 1 ? "remove that line" : "remove these lines",
          found);
    }
    List<String> named = others(manifest(), found);
    if (!named.isEmpty()) {
      if (!found.id().equals("nodejs")) {
        throw BuildFailureMessages.foreignBuildpack(
            "`buildpacks` in " + MANIFEST,
            named,
            named.size() == 1 ? "remove that entry" : "remove these entries",
            found);
      }
      notes.accept(
          MANIFEST
              + " names the "
              + BuildFailureMessages.buildpacks(named)
              + ", which this platform does not have.");
    }
  }

  private static List<String> others(List<String> wanted, Buildpack found) {
    return wanted.stream().filter(name -> isOther(name, found)).distinct().toList();
  }

  private static boolean isOther(String wanted, Buildpack found) {
    Pattern same = SAME.get(found.id());
    return same == null || !same.matcher(wanted).matches();
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
    Optional<String> text = text(MANIFEST);
    List<String> names = new ArrayList<>();
    if (text.isPresent()) {
      try {
        JsonObject json = JsonObject.parse(text.get().getBytes(StandardCharsets.UTF_8));
        for (Object entry : json.list("buildpacks")) {
          if (entry instanceof String name) {
            names.add(name);
          } else if (entry instanceof JsonObject object) {
            object.optionalString("url").ifPresent(names::add);
          }
        }
      } catch (BadFormatException notOurs) {
        // What app.json is for is not this platform's to check.
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
