package io.platform.cli.command.config;

import io.platform.commons.name.VariableNameRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an environment file ({@code .env}) by the <a
 * href="https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax">rules
 * of Docker Compose</a>, but for one: a {@code $} is an ordinary character, because secrets have
 * it, too. It reads each line as {@code [export] NAME = VALUE # comment}; values in quotes may have
 * several lines.
 */
final class EnvFileParser {
  private static final String EXPORT = "export";

  private final String text;
  private final Map<String, String> vars = new LinkedHashMap<>();
  private final List<EnvFile.WrongLine> wrong = new ArrayList<>();
  private int at;
  private int line = 1;

  private EnvFileParser(String text) {
    this.text = text;
  }

  /** Reads the whole file; a byte order mark and carriage returns at line ends do not matter. */
  static EnvFile parse(String text) {
    var parser =
        new EnvFileParser(
            (text.startsWith("\uFEFF") ? text.substring(1) : text).replace("\r\n", "\n"));
    while (parser.at < parser.text.length()) {
      parser.readLine();
    }
    return new EnvFile(parser.vars, parser.wrong);
  }

  private void readLine() {
    skipBlanks();
    if (!atRestOfLine()) {
      int equals = text.indexOf('=', at);
      if (equals < 0 || equals > lineEnd()) {
        reject(line, "has no \"=\"");
      } else {
        int started = line;
        var name = name(text.substring(at, equals).strip());
        if (!VariableNameRule.allows(name)) {
          reject(started, "has no valid name before \"=\"");
        }
        at = equals + 1;
        value().filter(it -> VariableNameRule.allows(name)).ifPresent(it -> put(name, it));
      }
    }
    at = lineEnd() + 1;
    line++;
  }

  private void put(String name, String value) {
    vars.remove(name);
    vars.put(name, value);
  }

  private static String name(String words) {
    return words.startsWith(EXPORT)
            && words.length() > EXPORT.length()
            && isBlank(words.charAt(EXPORT.length()))
        ? words.substring(EXPORT.length()).strip()
        : words;
  }

  private Optional<String> value() {
    int before = at;
    skipBlanks();
    if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
      return quoted();
    }
    return Optional.of(unquoted(before));
  }

  private Optional<String> quoted() {
    int opened = line;
    char quote = text.charAt(at++);
    var value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char it = text.charAt(at++);
      if (it == '\n') {
        line++;
      }
      value.append(it == '\\' ? escaped(quote) : it);
    }
    if (at == text.length()) {
      reject(opened, "opens a quote that is never closed");
      return Optional.empty();
    }
    at++;
    skipBlanks();
    if (!atRestOfLine()) {
      reject(line, "has text after the closing quote");
      return Optional.empty();
    }
    return Optional.of(value.toString());
  }

  /** What a backslash and the character after it stand for; a backslash alone is one. */
  private char escaped(char quote) {
    char next = at < text.length() ? text.charAt(at) : '\0';
    char meant =
        quote == '\''
            ? (next == '\'' ? '\'' : '\\')
            : switch (next) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              case '"', '$', '`' -> next;
              default -> '\\';
            };
    if (meant != '\\' || (quote == '"' && next == '\\')) {
      at++;
    }
    return meant;
  }

  /**
   * @param before where the value begins, with blanks: a comment has one before it
   */
  private String unquoted(int before) {
    int end = lineEnd();
    for (int i = Math.max(at, before + 1); i < end; i++) {
      if (text.charAt(i) == '#' && isBlank(text.charAt(i - 1))) {
        end = i;
      }
    }
    return text.substring(at, end).strip();
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  /** Whether the line has nothing more, or a comment. */
  private boolean atRestOfLine() {
    return at >= text.length() || text.charAt(at) == '\n' || text.charAt(at) == '#';
  }

  private static boolean isBlank(char it) {
    return it == ' ' || it == '\t';
  }

  private int lineEnd() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private void reject(int number, String why) {
    wrong.add(new EnvFile.WrongLine(number, why));
  }
}
