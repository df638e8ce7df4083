package io.platform.slug.build.step;

import io.platform.commons.console.TerminalText;
import io.platform.slug.AppJson;
import io.platform.slug.AppJsonFile;
import io.platform.slug.AppJsonLimits;
import io.platform.slug.AppJsonReader;
import io.platform.slug.BadFormatException;
import io.platform.slug.DeployScripts;
import io.platform.slug.ProcessTypes;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildFailureMessages;
import io.platform.slug.build.log.BuilderLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads what the app declares of itself in its app.json, where it has one. */
public final class ReadAppJson {
  private static final AppJsonLimits LIMITS = AppJsonLimits.defaults();

  private final Path build;
  private final BuilderLog log;
  private final Set<String> config;
  private final String stack;

  /**
   * Of the app in this directory.
   *
   * @param config names of the app's config vars
   * @param stack what the slug will run on
   */
  public ReadAppJson(Path build, BuilderLog log, Set<String> config, String stack) {
    this.build = build;
    this.log = log;
    this.config = config;
    this.stack = stack;
  }

  /** Refuses a file that is wrong, or that requires config vars which are not set. */
  public AppJson run() throws BuildFailure, IOException {
    Path path = build.resolve(AppJson.FILE);
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return AppJson.NONE;
    }
    AppJsonFile file = read(path);
    SortedSet<String> missing = new TreeSet<>(file.required());
    missing.removeAll(config);
    if (!missing.isEmpty()) {
      throw BuildFailureMessages.configRequired(missing);
    }
    if (!file.used().isEmpty()) {
      log.body("app.json declares " + String.join(", ", parts(file.used())));
    }
    file.notes().forEach(log::warning);
    file.stack()
        .filter(wanted -> !wanted.equals(stack))
        .ifPresent(wanted ->
            log.body(
                "app.json asks for the stack %s; this platform has %s."
                    .formatted(TerminalText.inline(wanted), stack)));
    return file.used();
  }

  private static AppJsonFile read(Path path) throws BuildFailure, IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return AppJsonReader.read(in.readNBytes(LIMITS.fileBytes() + 1), LIMITS);
    } catch (BadFormatException e) {
      throw BuildFailureMessages.appJsonInvalid(BuildFailureMessages.reason(e));
    }
  }

  private static List<String> parts(AppJson used) {
    List<String> parts = new ArrayList<>();
    if (!used.formation().isEmpty()) {
      parts.add("a formation");
    }
    if (!used.healthchecks().isEmpty()) {
      parts.add("health checks");
    }
    if (!used.env().isEmpty()) {
      parts.add("config vars");
    }
    if (!used.scripts().equals(DeployScripts.NONE)) {
      parts.add("scripts");
    }
    return parts;
  }

  /** Refuses what does not fit into the report of the build. */
  public static void checkLength(AppJson appJson, ProcessTypes types) throws BuildFailure {
    int length = appJson.toJson().toBytes().length + types.toJson().toBytes().length;
    if (!appJson.isEmpty() && length > AppJson.MAX_JSON_BYTES) {
      throw BuildFailureMessages.appJsonInvalid(
          "what the platform uses of it is too long, together with the Procfile's commands: %d bytes, of %d at most"
              .formatted(length, AppJson.MAX_JSON_BYTES));
    }
  }
}
