package io.platform.slug.build.buildpack;

import io.platform.slug.ProcessTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of {@code bin/release}'s YAML that is of use: the flat map {@code
 * default_process_types}, of which each buildpack writes one {@code name: command} a line, plain or
 * quoted.
 */
public final class ReleaseOutput {
  private static final Pattern TOP = Pattern.compile("^(\\w+):.*");
  private static final Pattern TYPE =
      Pattern.compile("^\\s+[\"']?([A-Za-z0-9_-]+)[\"']?\\s*:\\s+(.*?)\\s*$");

  private ReleaseOutput() {}

  public static ProcessTypes processTypes(List<String> lines) {
    Map<String, String> types = new LinkedHashMap<>();
    boolean inside = false;
    for (String line : lines) {
      Matcher top = TOP.matcher(line);
      if (top.matches()) {
        inside = top.group(1).equals("default_process_types");
        continue;
      }
      Matcher type = TYPE.matcher(line);
      if (inside && type.matches() && !unquoted(type.group(2)).isBlank()) {
        types.put(type.group(1), unquoted(type.group(2)));
      }
    }
    return new ProcessTypes(types);
  }

  private static String unquoted(String scalar) {
    if (scalar.length() >= 2 && scalar.startsWith("'") && scalar.endsWith("'")) {
      return scalar.substring(1, scalar.length() - 1).replace("''", "'");
    }
    if (scalar.length() >= 2 && scalar.startsWith("\"") && scalar.endsWith("\"")) {
      return scalar.substring(1, scalar.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
    }
    return scalar;
  }
}
