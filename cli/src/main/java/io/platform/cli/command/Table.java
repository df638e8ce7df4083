package io.platform.cli.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns of text, aligned, under a line of headings; what cannot be shown on one line is escaped.
 */
public final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... headings) {
    if (headings.length > 0) {
      rows.add(List.of(headings));
    }
  }

  public Table row(String... cells) {
    rows.add(List.of(cells).stream().map(Table::printable).toList());
    return this;
  }

  public void print(Console console) {
    var widths = widths();
    for (var row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        var cell = row.get(column);
        line.append(cell).append(" ".repeat(widths[column] - width(cell))).append(GAP);
      }
      console.line(line.toString().stripTrailing());
    }
  }

  private int[] widths() {
    var widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
    for (var row : rows) {
      for (int column = 0; column < row.size(); column++) {
        widths[column] = Math.max(widths[column], width(row.get(column)));
      }
    }
    return widths;
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  /** Control characters move the cursor, some others turn the direction of what follows. */
  private static boolean isHarmful(int codePoint) {
    return Character.isISOControl(codePoint)
        || codePoint == 0x061C
        || (codePoint >= 0x200E && codePoint <= 0x200F)
        || (codePoint >= 0x2028 && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }

  /** With escapes as JSON has them; a backslash is one too, so that each text has its own. */
  private static String printable(String cell) {
    var text = new StringBuilder(cell.length());
    cell.codePoints()
        .forEach(it -> {
          switch (it) {
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
              if (isHarmful(it)) {
                text.append("\\u%04X".formatted(it));
              } else {
                text.appendCodePoint(it);
              }
            }
          }
        });
    return text.toString();
  }
}
