package io.platform.slug.build.check;

import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Checks whether an app of a language whose source is run asks for packages that are not in its
 * tree. Read line by line, not as the language's own tools would: what is in doubt counts as asked
 * for.
 */
final class Dependencies {
  private static final Pattern PIPFILE =
      Pattern.compile("(?m)^\\[packages]\\s*+(?:#.*+\\s*+)*+^[^\\[#\\s]");
  private static final Pattern PYPROJECT =
      Pattern.compile(
          "(?ms)^dependencies\\s*=\\s*\\[\\s*+(?:#[^\\n]*+\\s*+)*+[\"']"
              + "|^\\[tool\\.poetry\\.dependencies][^\\[]*^(?!python\\s*=)[\\w\"'.-]+\\s*=");
  private static final Pattern PROJECT =
      Pattern.compile("(?m)^\\[(?:project|tool\\.poetry|build-system)\\b");
  private static final Pattern CONDA = Pattern.compile("(?m)^dependencies:");
  private static final Pattern GEMS = Pattern.compile("(?m)^\\s*(?:gem|gemspec|eval_gemfile)\\b");

  private Dependencies() {}

  static boolean areNeeded(Path tree, Language language) throws IOException {
    return switch (language) {
      case PYTHON -> python(tree);
      case RUBY ->
          GEMS.matcher(text(tree, "Gemfile") + "\n" + text(tree, "gems.rb")).find()
              && !Files.isDirectory(tree.resolve("vendor/bundle"));
      case PHP -> php(tree) && !Files.isRegularFile(tree.resolve("vendor/autoload.php"));
      default -> true;
    };
  }

  /**
   * Whether a file tells of its language: pyproject.toml often is but the settings of a tool, and
   * environment.yml something else than conda's.
   */
  static boolean tells(Path file) throws IOException {
    return switch (String.valueOf(file.getFileName())) {
      case "pyproject.toml" -> PROJECT.matcher(text(file)).find();
      case "environment.yml", "environment.yaml" -> CONDA.matcher(text(file)).find();
      default -> true;
    };
  }

  private static boolean python(Path tree) throws IOException {
    boolean required =
        text(tree, "requirements.txt")
            .lines()
            .map(String::strip)
            .anyMatch(line ->
                !line.isEmpty()
                    && !line.startsWith("#")
                    && !line.startsWith("--index-url")
                    && !line.startsWith("--extra-index-url"));
    return required
        || PIPFILE.matcher(text(tree, "Pipfile")).find()
        || PYPROJECT.matcher(text(tree, "pyproject.toml")).find()
        || text(tree, "poetry.lock").contains("[[package]]")
        || text(tree, "setup.py").contains("install_requires")
        || CONDA.matcher(text(tree, "environment.yml")).find()
        || CONDA.matcher(text(tree, "environment.yaml")).find();
  }

  private static boolean php(Path tree) throws IOException {
    try {
      JsonObject json =
          JsonObject.parse(text(tree, "composer.json").getBytes(StandardCharsets.UTF_8));
      return json.optionalObject("require").orElse(new JsonObject()).strings().keySet().stream()
          .anyMatch(name -> name.contains("/"));
    } catch (BadFormatException unreadable) {
      return false;
    }
  }

  private static String text(Path tree, String name) throws IOException {
    return text(tree.resolve(name));
  }

  /** What a text file says; empty where it is no file, or none of a size that people write. */
  static String text(Path file) throws IOException {
    return Files.isRegularFile(file) && Files.size(file) <= 1 << 20
        ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
        : "";
  }
}
