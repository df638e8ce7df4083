package io.platform.git.push;

import java.util.List;
import java.util.StringJoiner;

/** Passes lines on, and keeps their words as one text for the build's row. */
final class PlainTextRecorder implements PushMessages.Lines {
  private final PushMessages.Lines lines;
  private final StringJoiner words = new StringJoiner(" ");

  PlainTextRecorder(PushMessages.Lines lines) {
    this.lines = lines;
  }

  @Override
  public void write(String key, List<String> text) {
    text.forEach(line -> words.add(PushMessages.plain(line)));
    lines.write(key, text);
  }

  String text() {
    return words.toString();
  }
}
