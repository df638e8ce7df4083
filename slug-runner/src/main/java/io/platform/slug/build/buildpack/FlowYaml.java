package io.platform.slug.build.buildpack;

import io.platform.slug.BadFormatException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads YAML's flow style, which JSON is a part of, as far as {@code bin/release} writes it: maps
 * are maps, scalars are strings, lists are left out.
 */
final class FlowYaml {
  private static final int DEEPEST = 16;

  private final String text;
  private int at;

  private FlowYaml(String text) {
    this.text = text;
  }

  /** What stands between a brace and its closing one. */
  static Map<String, Object> map(String text) throws BadFormatException {
    FlowYaml reader = new FlowYaml(text.strip());
    Map<String, Object> map = reader.map(0);
    reader.skipBlanks();
    if (reader.at < reader.text.length() && reader.peek() != '#') {
      throw new BadFormatException("something follows the closing brace");
    }
    return map;
  }

  /** A quoted scalar that is all of {@code text}. */
  static String quoted(String text) throws BadFormatException {
    FlowYaml reader = new FlowYaml(text.strip());
    String scalar = reader.quoted();
    reader.skipBlanks();
    if (reader.at < reader.text.length() && reader.peek() != '#') {
      throw new BadFormatException("something follows the closing quote");
    }
    return scalar;
  }

  private Map<String, Object> map(int depth) throws BadFormatException {
    if (depth > DEEPEST) {
      throw new BadFormatException("more than %d levels".formatted(DEEPEST));
    }
    Map<String, Object> map = new LinkedHashMap<>();
    at++;
    while (true) {
      skipBlanks();
      if (peek() == '}') {
        at++;
        return map;
      }
      String key = scalar(":,}");
      skipBlanks();
      Object value = "";
      if (peek() == ':') {
        at++;
        value = value(depth);
      }
      map.put(key, value);
      skipBlanks();
      if (peek() == ',') {
        at++;
      } else if (peek() != '}') {
        throw new BadFormatException("there is no comma between two entries");
      }
    }
  }

  private Object value(int depth) throws BadFormatException {
    skipBlanks();
    return switch (peek()) {
      case '{' -> map(depth + 1);
      case '[' -> list(depth + 1);
      default -> scalar(",}]");
    };
  }

  /** Passed over. */
  private String list(int depth) throws BadFormatException {
    if (depth > DEEPEST) {
      throw new BadFormatException("more than %d levels".formatted(DEEPEST));
    }
    at++;
    while (true) {
      skipBlanks();
      if (peek() == ']') {
        at++;
        return "";
      }
      value(depth);
      skipBlanks();
      if (peek() == ',') {
        at++;
      } else if (peek() != ']') {
        throw new BadFormatException("there is no comma between two entries");
      }
    }
  }

  private String scalar(String ends) throws BadFormatException {
    if (peek() == '"' || peek() == '\'') {
      return quoted();
    }
    int start = at;
    while (ends.indexOf(peek()) < 0) {
      at++;
    }
    return text.substring(start, at).strip().replaceAll("\\s*\n\\s*", " ");
  }

  private String quoted() throws BadFormatException {
    char quote = peek();
    StringBuilder scalar = new StringBuilder();
    at++;
    while (true) {
      char c = peek();
      at++;
      if (c == quote && quote == '\'' && at < text.length() && peek() == '\'') {
        scalar.append('\'');
        at++;
      } else if (c == quote) {
        return scalar.toString();
      } else if (c == '\\' && quote == '"') {
        escape(scalar);
      } else if (c == '\n') {
        skipBlanks();
        scalar.append(' ');
      } else {
        scalar.append(c);
      }
    }
  }

  private void escape(StringBuilder scalar) throws BadFormatException {
    char c = peek();
    at++;
    switch (c) {
      case 'n' -> scalar.append('\n');
      case 't' -> scalar.append('\t');
      case '\n' -> skipBlanks();
      case 'u' -> {
        if (at + 4 > text.length()) {
          throw new BadFormatException("a quote is not closed");
        }
        try {
          scalar.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
        } catch (NumberFormatException e) {
          throw new BadFormatException("\\u is not followed by four hexadecimal digits", e);
        }
        at += 4;
      }
      default -> scalar.append(c);
    }
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() throws BadFormatException {
    if (at >= text.length()) {
      throw new BadFormatException("a brace or a quote is not closed");
    }
    return text.charAt(at);
  }
}
