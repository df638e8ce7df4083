package io.platform.slug.build.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An app's language without a buildpack here, and what the app would lack. Found in the pushed
 * files, before anything is built.
 *
 * @param file the name that tells of it
 * @param lack what would be missing, in a sentence for the pusher
 */
public record MissingLanguage(Language language, String file, String lack) {

  /**
   * Those that an app needs.
   *
   * @param searchPath the PATH of the stack
   * @param commands of the app's process types, as far as they are known
   */
  public static List<MissingLanguage> find(
      Path tree, String searchPath, List<StartCommand> commands) throws IOException {
    List<MissingLanguage> missing = new ArrayList<>();
    for (Language language : Language.values()) {
      Optional<String> file = marker(tree, language);
      if (file.isPresent()) {
        lack(tree, language, file.get(), searchPath, commands)
            .map(lack -> new MissingLanguage(language, file.get(), lack))
            .ifPresent(missing::add);
      }
    }
    return missing;
  }

  /** The first that the files tell of, whether or not anything is to be installed or compiled. */
  public static Optional<String> sentence(Path tree) throws IOException {
    for (Language language : Language.values()) {
      Optional<String> file = marker(tree, language);
      if (file.isPresent()) {
        return Optional.of(known(language, file.get()) + ".");
      }
    }
    return Optional.empty();
  }

  private static String known(Language language, String file) {
    return "This app is %s %s app (%s), and this platform has no %s buildpack yet"
        .formatted(
            language == Language.ELIXIR ? "an" : "a", language.label(), file, language.label());
  }

  private static Optional<String> lack(
      Path tree, Language language, String file, String searchPath, List<StartCommand> commands)
      throws IOException {
    String start = known(language, file);
    if (language.compiled()) {
      boolean there =
          commands.stream()
              .anyMatch(command ->
                  command.runsFileOf(tree)
                      || (command.namesFileOf(tree) && isOn(searchPath, command.program())));
      return there ? Optional.empty() : Optional.of(start + ", so nothing would compile it.");
    }
    if (Dependencies.areNeeded(tree, language)) {
      return Optional.of(start + ", so its dependencies would not be installed.");
    }
    boolean used = commands.stream().anyMatch(command -> language.starts(command.program()));
    return used && !isOn(searchPath, language.interpreter())
        ? Optional.of("%s, and no %s either.".formatted(start, language.interpreter()))
        : Optional.empty();
  }

  private static Optional<String> marker(Path tree, Language language) throws IOException {
    for (String name : language.files()) {
      if (name.startsWith("*")) {
        try (Stream<Path> children = Files.list(tree)) {
          Optional<String> found =
              children
                  .map(child -> String.valueOf(child.getFileName()))
                  .filter(child -> child.endsWith(name.substring(1)))
                  .sorted()
                  .findFirst();
          if (found.isPresent()) {
            return found;
          }
        }
      } else if (Files.exists(tree.resolve(name)) && Dependencies.tells(tree.resolve(name))) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /** Whether the stack has this program. */
  static boolean isOn(String searchPath, String program) {
    return Stream.of(searchPath.split(":", -1))
        .filter(directory -> !directory.isEmpty())
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
