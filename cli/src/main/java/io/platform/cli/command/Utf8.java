package io.platform.cli.command;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes input as UTF-8; other bytes are refused, not replaced. */
public final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /** The text of the bytes. */
  public static String decode(byte[] bytes, String what) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw notUtf8(what);
    }
  }

  /** Text that the JVM decoded: it put a replacement character where it could not. */
  public static String decoded(String text, String what) {
    if (text.indexOf(REPLACEMENT) >= 0) {
      throw notUtf8(what);
    }
    return text;
  }

  private static CommandFailure notUtf8(String what) {
    return new CommandFailure(
        ExitCode.USAGE, what + " is not valid UTF-8; nothing was done.", "Give it in UTF-8.");
  }
}
