package io.platform.slug;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an app names when it chooses a buildpack. */
public sealed interface BuildpackReference {
  /** One that comes with the builder. */
  record BuiltIn(String id) implements BuildpackReference {
    @Override
    public String toString() {
      return id;
    }
  }

  /**
   * A directory of the app.
   *
   * @param path relative to the root of the repository, and in it; empty for the root itself
   * @param text as the app writes it
   */
  record InApp(Path path, String text) implements BuildpackReference {
    @Override
    public String toString() {
      return text;
    }
  }

  /** One that this platform does not have. */
  record Foreign(String text) implements BuildpackReference {
    @Override
    public String toString() {
      return text;
    }
  }

  /** The buildpack of Heroku whose programs the app itself has, in its {@code bin}. */
  Pattern INLINE = Pattern.compile("(?:.*[/-])?inline(?:\\.git|\\.tgz)?(?:[#@].*)?");

  /** Names under which other platforms have the buildpacks that are built in here. */
  Map<String, Pattern> SAME =
      Map.of(
          "nodejs", Pattern.compile("(?:.*[/-])?nodejs(?:\\.git|\\.tgz)?(?:[#@].*)?"),
          "static", Pattern.compile("(?:.*[/-])?(?:static|nginx)(?:\\.git|\\.tgz)?(?:[#@].*)?"),
          "procfile", Pattern.compile("(?:.*[/-])?(?:null|procfile)(?:\\.git|\\.tgz)?(?:[#@].*)?"));

  /** Reads what an app names, without blanks around it. */
  static BuildpackReference of(String text) {
    if (text.equals(".") || text.startsWith("./")) {
      return inApp(text);
    }
    Optional<String> id =
        SAME.entrySet().stream()
            .filter(same -> same.getValue().matcher(text).matches())
            .map(Map.Entry::getKey)
            .findFirst();
    if (id.isPresent()) {
      return new BuiltIn(id.get());
    }
    return INLINE.matcher(text).matches() ? new InApp(Path.of(""), text) : new Foreign(text);
  }

  /** The short names of those that come with the builder, in the order in which they are tried. */
  static List<String> builtIn() {
    return List.of("nodejs", "static", "procfile");
  }

  /** Reads an array of names; empty where there is none. */
  static List<BuildpackReference> list(JsonObject json, String member) throws BadFormatException {
    List<BuildpackReference> references = new ArrayList<>();
    for (Object name : json.list(member)) {
      if (!(name instanceof String text)) {
        throw new BadFormatException("\"" + member + "\" has what is not a string");
      }
      references.add(of(text));
    }
    return references;
  }

  /** Whether both mean the same buildpack, however each is written. */
  default boolean isSame(BuildpackReference other) {
    return this instanceof InApp(Path path, String _)
        ? other instanceof InApp(Path otherPath, String _) && otherPath.equals(path)
        : equals(other);
  }

  private static BuildpackReference inApp(String text) {
    try {
      Path path = Path.of(text).normalize();
      return path.startsWith("..") ? new Foreign(text) : new InApp(path, text);
    } catch (InvalidPathException e) {
      return new Foreign(text);
    }
  }
}
