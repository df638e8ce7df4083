package io.platform.git.source;

import io.platform.git.source.AttributeRule.Setting;
import io.platform.git.source.AttributeRule.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads a {@code .gitattributes} as git does: gitattributes(5). Lines that git leaves out, with a
 * warning to nobody but the server, are left out: those of 2,048 bytes and more, negative patterns,
 * names that are none.
 *
 * @param macros by name; of the root's file alone
 */
record AttributesFile(List<AttributeRule> rules, Map<String, List<Setting>> macros) {
  private static final int LONGEST_LINE = 2048;
  private static final String MACRO = "[attr]";
  private static final Pattern BLANK = Pattern.compile("[ \t\r]+");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.][-A-Za-z0-9_.]*");

  /**
   * Reads a file.
   *
   * @param wanted attributes that matter; rules for others are left out
   */
  static AttributesFile parse(byte[] file, Predicate<String> wanted) {
    List<AttributeRule> rules = new ArrayList<>();
    Map<String, List<Setting>> macros = new HashMap<>();
    // One byte is one character here, so that patterns keep their bytes.
    String text = new String(file, StandardCharsets.ISO_8859_1);
    int begin = text.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
    while (begin < text.length()) {
      int end = text.indexOf('\n', begin);
      end = end < 0 ? text.length() : end;
      int nul = text.indexOf('\0', begin, end);
      String line = text.substring(begin, nul < 0 ? end : nul);
      int first = skipBlank(line, 0);
      if (first < line.length()
          && line.charAt(first) != '#'
          && line.length() - first < LONGEST_LINE) {
        line(line, first, rules, macros, wanted);
      }
      begin = end + 1;
    }
    return new AttributesFile(rules, macros);
  }

  private static void line(
      String line,
      int begin,
      List<AttributeRule> rules,
      Map<String, List<Setting>> macros,
      Predicate<String> wanted) {
    Optional<QuotedPattern> quoted = QuotedPattern.parse(line, begin);
    int end = quoted.map(QuotedPattern::end).orElseGet(() -> skipWord(line, begin));
    String pattern = quoted.map(QuotedPattern::text).orElseGet(() -> line.substring(begin, end));
    boolean macro = pattern.startsWith(MACRO) && pattern.length() > MACRO.length();
    if (pattern.startsWith("!")) {
      return;
    }
    Optional<List<Setting>> settings = settings(line.substring(end));
    if (settings.isEmpty()) {
      return;
    }
    if (macro) {
      String name = pattern.substring(MACRO.length());
      if (NAME.matcher(name).matches()) {
        macros.put(name, settings.get());
      }
      return;
    }
    List<Setting> some = settings.get().stream().filter(s -> wanted.test(s.attribute())).toList();
    if (!some.isEmpty()) {
      rules.add(
          new AttributeRule(
              AttributePattern.parse(pattern.getBytes(StandardCharsets.ISO_8859_1)), some));
    }
  }

  /** Empty where one of them is none, as the whole line is left out then. */
  private static Optional<List<Setting>> settings(String text) {
    List<Setting> settings = new ArrayList<>();
    for (String word : BLANK.split(text.strip(), -1)) {
      if (word.isEmpty()) {
        continue;
      }
      boolean off = word.startsWith("-") || word.startsWith("!");
      int equals = word.indexOf('=');
      String name = word.substring(off ? 1 : 0, equals < 0 ? word.length() : equals);
      if (!NAME.matcher(name).matches()) {
        return Optional.empty();
      }
      settings.add(new Setting(name, off || equals >= 0 ? State.NOT_SET : State.SET));
    }
    return Optional.of(settings);
  }

  private static int skipBlank(String line, int begin) {
    int i = begin;
    while (i < line.length() && isBlank(line.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int skipWord(String line, int begin) {
    int i = begin;
    while (i < line.length() && !isBlank(line.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
  }
}
