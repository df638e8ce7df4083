package io.platform.slug.build.buildpack;

import io.platform.slug.BadFormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the YAML of {@code bin/release}: a map whose values are maps of scalars, in block or flow
 * style, with plain scalars over several lines as Ruby writes long ones, quoted ones, and literal
 * and folded blocks. Lists are passed over. A library for all of YAML would take longer to load
 * than most of these programs run.
 */
final class ReleaseYaml {
  private static final Pattern ENTRY =
      Pattern.compile(
          "^( *)(\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^']|'')*'|[^\\s\"'#\\-][^:#]*?|-[^\\s:#][^:#]*?)\\s*:(?:\\s+(.*))?$");
  private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#.*$");
  private static final Pattern BLOCK_SCALAR = Pattern.compile("[|>][-+0-9]*(?:\\s+#.*)?");

  private final List<String> lines = new ArrayList<>();
  private int at;

  private ReleaseYaml(List<String> output) {
    for (String line : output) {
      if (line.equals("...")) {
        break;
      }
      boolean marker = line.equals("---") || line.startsWith("--- ");
      lines.add(marker ? line.substring(3) : line);
    }
  }

  /**
   * The maps in it by their names.
   *
   * @throws BadFormatException with the number of the line that cannot be read
   */
  static Map<String, Map<String, String>> read(List<String> output) throws BadFormatException {
    ReleaseYaml yaml = new ReleaseYaml(output);
    try {
      return yaml.document();
    } catch (BadFormatException e) {
      throw new BadFormatException(
          "line %d: %s".formatted(Math.min(yaml.at + 1, yaml.lines.size()), e.getMessage()), e);
    }
  }

  private Map<String, Map<String, String>> document() throws BadFormatException {
    Map<String, Map<String, String>> document = new LinkedHashMap<>();
    skipEmpty();
    if (at < lines.size() && lines.get(at).strip().startsWith("{")) {
      String all = String.join("\n", lines.subList(at, lines.size()));
      FlowYaml.map(all).forEach((key, value) -> document.put(key, scalars(value)));
      return document;
    }
    while (at < lines.size()) {
      Matcher entry = entry(0);
      String rest = rest(entry);
      at++;
      document.put(key(entry), rest.isEmpty() ? block() : flow(rest));
      skipEmpty();
    }
    return document;
  }

  /** A map in braces, which may go on over lines that are indented; of anything else nothing. */
  private Map<String, String> flow(String rest) throws BadFormatException {
    StringBuilder text = new StringBuilder(rest);
    while (at < lines.size() && (indent(at) > 0 || lines.get(at).isBlank())) {
      text.append('\n').append(lines.get(at));
      at++;
    }
    return rest.startsWith("{") ? scalars(FlowYaml.map(text.toString())) : Map.of();
  }

  private static Map<String, String> scalars(Object value) {
    Map<String, String> scalars = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, member) -> {
        if (member instanceof String scalar) {
          scalars.put(String.valueOf(key), scalar);
        }
      });
    }
    return scalars;
  }

  /** The lines that are indented, or a list, which need not be. */
  private Map<String, String> block() throws BadFormatException {
    Map<String, String> scalars = new LinkedHashMap<>();
    skipEmpty();
    int indent = at < lines.size() ? indent(at) : 0;
    if (at < lines.size() && isItem(at)) {
      while (at < lines.size() && (lines.get(at).isBlank() || indent(at) > indent || isItem(at))) {
        at++;
      }
      return scalars;
    }
    while (at < lines.size() && indent > 0 && indent(at) >= indent) {
      Matcher entry = entry(indent);
      String rest = rest(entry);
      at++;
      List<String> more = more(indent);
      scalars.put(key(entry), scalar(rest, more));
      skipEmpty();
    }
    return scalars;
  }

  private boolean isItem(int line) {
    String text = lines.get(line).strip();
    return text.equals("-") || text.startsWith("- ");
  }

  /** The lines that belong to the entry before them. */
  private List<String> more(int indent) {
    List<String> more = new ArrayList<>();
    while (at < lines.size() && (lines.get(at).isBlank() || indent(at) > indent)) {
      more.add(lines.get(at));
      at++;
    }
    while (!more.isEmpty() && more.getLast().isBlank()) {
      more.removeLast();
    }
    return more;
  }

  private static String scalar(String rest, List<String> more) throws BadFormatException {
    if (BLOCK_SCALAR.matcher(rest).matches()) {
      List<String> stripped = more.stream().map(String::strip).toList();
      return String.join(rest.startsWith("|") ? "\n" : " ", stripped).strip();
    }
    List<String> parts = new ArrayList<>(List.of(rest));
    more.stream().map(String::strip).filter(line -> !line.isEmpty()).forEach(parts::add);
    if (rest.startsWith("\"") || rest.startsWith("'")) {
      return FlowYaml.quoted(String.join("\n", parts));
    }
    return COMMENT.matcher(String.join(" ", parts)).replaceFirst("").strip();
  }

  private Matcher entry(int indent) throws BadFormatException {
    Matcher entry = ENTRY.matcher(lines.get(at));
    if (!entry.matches() || entry.group(1).length() != indent) {
      throw new BadFormatException("this is not `name: value`");
    }
    return entry;
  }

  private static String key(Matcher entry) throws BadFormatException {
    String key = entry.group(2);
    return key.startsWith("\"") || key.startsWith("'") ? FlowYaml.quoted(key) : key;
  }

  private static String rest(Matcher entry) {
    String rest = entry.group(3) == null ? "" : entry.group(3).strip();
    return rest.startsWith("#") ? "" : rest;
  }

  private void skipEmpty() {
    while (at < lines.size()
        && (lines.get(at).isBlank() || lines.get(at).strip().startsWith("#"))) {
      at++;
    }
  }

  private int indent(int line) {
    String text = lines.get(line);
    int blanks = 0;
    while (blanks < text.length() && text.charAt(blanks) == ' ') {
      blanks++;
    }
    return blanks;
  }
}
