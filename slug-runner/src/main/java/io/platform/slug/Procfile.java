package io.platform.slug;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Procfile as Heroku reads it: one {@code name: command} a line; the rest of the line is the
 * command, colons, quotes and all. Lines that begin with {@code #} are comments.
 *
 * @param warnings one sentence each, for the pusher: lines that were left out, names given twice
 *     (the last one holds), names that differ from a known one only in case
 */
public record Procfile(ProcessTypes processTypes, List<String> warnings) {
  /** The file's name, at the root of the tree. */
  public static final String FILE = "Procfile";

  private static final Pattern LINE = Pattern.compile("^\\s*([A-Za-z0-9_-]+)\\s*:\\s*(.*?)\\s*$");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f]");
  private static final Set<String> KNOWN = Set.of(ProcessTypes.WEB, "worker", ProcessTypes.RELEASE);

  public Procfile {
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a Procfile.
   *
   * @throws BadFormatException where it exceeds a limit, holds a control character or is not UTF-8;
   *     the message names the line, and has no full stop
   */
  public static Procfile parse(byte[] file, ProcfileLimits limits) throws BadFormatException {
    if (file.length > limits.fileBytes()) {
      throw new BadFormatException(
          "it is larger than %d bytes, which is the limit".formatted(limits.fileBytes()));
    }
    Reader reader = new Reader(limits);
    String text = text(file);
    for (String line :
        (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r\n|\n|\r", -1)) {
      reader.read(line);
    }
    return new Procfile(new ProcessTypes(reader.commands), reader.warnings);
  }

  /** A character put in place of what is not UTF-8 would make another command of it. */
  private static String text(byte[] file) throws BadFormatException {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    CharBuffer text = CharBuffer.allocate(file.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true).isError()) {
      long line = text.flip().chars().filter(c -> c == '\n').count() + 1;
      throw new BadFormatException(
          "line %d is not valid UTF-8. Save the file in UTF-8".formatted(line));
    }
    return text.flip().toString();
  }

  /** Takes line after line. */
  private static final class Reader {
    private final ProcfileLimits limits;
    private final Map<String, String> commands = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private int number;

    private Reader(ProcfileLimits limits) {
      this.limits = limits;
    }

    private void read(String line) throws BadFormatException {
      number++;
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        return;
      }
      check(line);
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        warnings.add("Procfile line %d is not `name: command` and is left out.".formatted(number));
      } else if (matcher.group(2).isBlank()) {
        warnings.add(
            "Procfile line %d gives `%s` no command and is left out."
                .formatted(number, matcher.group(1)));
      } else {
        add(matcher.group(1), matcher.group(2));
      }
    }

    private void add(String name, String command) throws BadFormatException {
      if (name.length() > limits.nameLength()) {
        throw new BadFormatException(
            "line %d has a name of %d characters; the most is %d"
                .formatted(number, name.length(), limits.nameLength()));
      }
      if (commands.put(name, command) != null) {
        warnings.add("Procfile names `%s` more than once; line %d holds.".formatted(name, number));
      } else {
        String meant = name.toLowerCase(Locale.ROOT);
        if (!meant.equals(name) && KNOWN.contains(meant)) {
          warnings.add(
              "Procfile line %d: `%s` is not `%s`, because names are case-sensitive. Did you mean %s?"
                  .formatted(number, name, meant, meant));
        }
      }
      if (commands.size() > limits.types()) {
        throw new BadFormatException(
            "line %d is process type number %d; the most is %d"
                .formatted(number, commands.size(), limits.types()));
      }
      if (new ProcessTypes(commands).toJson().toBytes().length > ProcessTypes.MAX_JSON_BYTES) {
        throw new BadFormatException(
            "with line %d its commands are longer than %d bytes together; put long ones into scripts"
                .formatted(number, ProcessTypes.MAX_JSON_BYTES));
      }
    }

    private void check(String line) throws BadFormatException {
      int bytes = line.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > limits.lineBytes()) {
        throw new BadFormatException(
            "line %d is %d bytes long; the most is %d. Put the command into a script"
                .formatted(number, bytes, limits.lineBytes()));
      }
      if (CONTROL.matcher(line).find()) {
        throw new BadFormatException(
            "line %d holds a control character, which no command needs".formatted(number));
      }
    }
  }
}
