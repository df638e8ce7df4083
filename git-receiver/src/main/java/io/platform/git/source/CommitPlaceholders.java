package io.platform.git.source;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * The placeholders of {@code git log --format} that say something of a commit alone: git-log(1),
 * "PRETTY FORMATS". Those that name refs are empty, as where no ref leads to the commit, so that a
 * source does not depend on what else is in the repository. Others are not known here.
 */
final class CommitPlaceholders {
  private static final int SHORT = 7;

  private final RevCommit commit;

  CommitPlaceholders(RevCommit commit) {
    this.commit = commit;
  }

  /** What a placeholder stands for: its name without the percent sign; empty where not known. */
  Optional<String> value(String name) {
    return switch (name) {
      case "H" -> Optional.of(commit.name());
      case "h" -> Optional.of(brief(commit.name()));
      case "T" -> Optional.of(commit.getTree().name());
      case "t" -> Optional.of(brief(commit.getTree().name()));
      case "P" -> Optional.of(parents(false));
      case "p" -> Optional.of(parents(true));
      case "s" -> Optional.of(commit.getShortMessage());
      case "f" -> Optional.of(fileName(line(message(), 0)));
      case "b" -> Optional.of(body());
      case "B" -> Optional.of(commit.getFullMessage());
      case "e" -> Optional.of(encoding());
      case "d", "D" -> Optional.of("");
      default ->
          name.length() == 2
              ? switch (name.charAt(0)) {
                case 'a' -> of(commit.getAuthorIdent(), name.charAt(1));
                case 'c' -> of(commit.getCommitterIdent(), name.charAt(1));
                default -> Optional.empty();
              }
              : Optional.empty();
    };
  }

  private static Optional<String> of(PersonIdent person, char what) {
    return switch (what) {
      case 'n', 'N' -> Optional.of(person.getName());
      case 'e', 'E' -> Optional.of(person.getEmailAddress());
      case 'l', 'L' -> Optional.of(person.getEmailAddress().split("@", 2)[0]);
      case 't' -> Optional.of(Long.toString(person.getWhenAsInstant().getEpochSecond()));
      case 'd' -> time(person, "EEE MMM d HH:mm:ss yyyy xx");
      case 'D' -> time(person, "EEE, d MMM yyyy HH:mm:ss xx");
      case 'i' -> time(person, "yyyy-MM-dd HH:mm:ss xx");
      case 'I' -> time(person, "yyyy-MM-dd'T'HH:mm:ssXXX");
      case 's' -> time(person, "yyyy-MM-dd");
      default -> Optional.empty();
    };
  }

  private static Optional<String> time(PersonIdent person, String pattern) {
    ZonedDateTime time = person.getWhenAsInstant().atZone(person.getZoneId());
    return Optional.of(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time));
  }

  private static String brief(String id) {
    return id.substring(0, SHORT);
  }

  private String parents(boolean brief) {
    return Arrays.stream(commit.getParents())
        .map(parent -> brief ? brief(parent.name()) : parent.name())
        .collect(Collectors.joining(" "));
  }

  private String encoding() {
    return commit.getEncodingName() == null ? "" : commit.getEncodingName();
  }

  /** Without empty lines before it. */
  private String message() {
    String whole = commit.getFullMessage();
    int begin = 0;
    for (int i = 0; i < whole.length() && " \t\n".indexOf(whole.charAt(i)) >= 0; i++) {
      begin = whole.charAt(i) == '\n' ? i + 1 : begin;
    }
    return whole.substring(begin);
  }

  /** What follows the first paragraph. */
  private String body() {
    String message = message();
    int begin = 0;
    while (begin < message.length() && !line(message, begin).isBlank()) {
      begin += line(message, begin).length() + 1;
    }
    while (begin < message.length() && line(message, begin).isBlank()) {
      begin += line(message, begin).length() + 1;
    }
    return begin >= message.length() ? "" : message.substring(begin);
  }

  private static String line(String text, int begin) {
    int end = text.indexOf('\n', begin);
    return text.substring(begin, end < 0 ? text.length() : end);
  }

  /** Letters, digits, dots and underscores; all else becomes single hyphens. */
  private static String fileName(String subject) {
    StringBuilder name = new StringBuilder();
    for (byte b : subject.getBytes(StandardCharsets.UTF_8)) {
      boolean kept =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || b == '.'
              || b == '_';
      char last = name.isEmpty() ? '-' : name.charAt(name.length() - 1);
      if (!kept && last != '-') {
        name.append('-');
      } else if (kept && !(b == '.' && last == '.')) {
        name.append((char) b);
      }
    }
    int end = name.length();
    while (end > 0 && (name.charAt(end - 1) == '-' || name.charAt(end - 1) == '.')) {
      end--;
    }
    return name.substring(0, end);
  }
}
