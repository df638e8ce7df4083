package io.platform.cli.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns of text, aligned, under a line of headings; what cannot be shown on one line is escaped.
 */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    if (headings.length > 0) {
      rows.add(List.of(headings));
    }
  }

  Table row(String... cells) {
    rows.add(List.of(cells).stream().map(Table::printable).toList());
    return this;
  }

  void print(Screen screen) {
    var widths = widths();
    for (var row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        var cell = row.get(column);
        line.append(cell).append(" ".repeat(widths[column] - width(cell))).append(GAP);
      }
      screen.line(line.toString().stripTrailing());
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

  /** Control characters could move the cursor of the terminal. */
  private static String printable(String cell) {
    var text = new StringBuilder(cell.length());
    cell.codePoints()
        .forEach(it -> {
          switch (it) {
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> text.appendCodePoint(Character.isISOControl(it) ? '\uFFFD' : it);
          }
        });
    return text.toString();
  }
}
