package io.platform.slug;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Procfile as Heroku reads it: one {@code name: command} a line; the rest of the line is the
 * command, colons, quotes and all. Lines that begin with {@code #} are comments.
 *
 * @param warnings one sentence each, for the pusher: lines that were left out, names given twice
 *     (the last one holds)
 */
public record Procfile(ProcessTypes processTypes, List<String> warnings) {
  /** The file's name, at the root of the tree. */
  public static final String FILE = "Procfile";

  private static final Pattern LINE = Pattern.compile("^\\s*([A-Za-z0-9_-]+)\\s*:\\s*(.*?)\\s*$");

  public Procfile {
    warnings = List.copyOf(warnings);
  }

  public static Procfile parse(String text) {
    Map<String, String> commands = new LinkedHashMap<>();
    List<String> warnings = new ArrayList<>();
    int number = 0;
    for (String raw : text.split("\r\n|\n|\r", -1)) {
      number++;
      String line = number == 1 && raw.startsWith("\uFEFF") ? raw.substring(1) : raw;
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches() || matcher.group(2).isEmpty()) {
        warnings.add("Procfile line " + number + " is not `name: command` and is left out.");
      } else if (commands.put(matcher.group(1), matcher.group(2)) != null) {
        warnings.add(
            "Procfile names `" + matcher.group(1) + "` more than once; line " + number + " holds.");
      }
    }
    return new Procfile(new ProcessTypes(commands), warnings);
  }
}
