package io.platform.git.push;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Keeps lines, and their words as one text for the build's row. */
final class PlainTextRecorder implements PushMessages.Lines {
  private final List<String> lines = new ArrayList<>();

  @Override
  public void write(String key, List<String> text) {
    lines.addAll(text);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  String text() {
    return lines.stream().map(PushMessages::plain).collect(Collectors.joining(" "));
  }
}
