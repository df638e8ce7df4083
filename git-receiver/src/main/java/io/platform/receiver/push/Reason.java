package io.platform.receiver.push;

import java.util.List;
import java.util.StringJoiner;

/** Passes lines on, and keeps their words as one text for the build's row. */
final class Reason implements PushWording.Lines {
  private final PushWording.Lines lines;
  private final StringJoiner words = new StringJoiner(" ");

  Reason(PushWording.Lines lines) {
    this.lines = lines;
  }

  @Override
  public void write(String key, List<String> text) {
    text.forEach(line -> words.add(PushWording.plain(line)));
    lines.write(key, text);
  }

  String text() {
    return words.toString();
  }
}
