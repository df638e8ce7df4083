package io.platform.slug;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** The values of an app.json as they come; one of a wrong kind is told with line and column. */
final class AppJsonTokens {
  private final JsonParser json;

  AppJsonTokens(JsonParser json) {
    this.json = json;
  }

  /** Reads the value of a member; the tokens stand on its first one. */
  interface Member {
    void read(String name) throws IOException;
  }

  /** Reads an element of an array; the tokens stand on its first one. */
  interface Element {
    void read() throws IOException;
  }

  /** Moves to the first token. */
  void begin() throws IOException {
    json.nextToken();
  }

  /** Refuses what follows the file's value. */
  void end() throws IOException {
    if (json.nextToken() != null) {
      throw wrong("something follows the object");
    }
  }

  boolean isString() {
    return json.currentToken() == JsonToken.VALUE_STRING;
  }

  void skip() throws IOException {
    json.skipChildren();
  }

  void object(String what, Member member) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw wrong("%s is not an object".formatted(what));
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      member.read(name);
    }
  }

  void array(String what, Element element) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw wrong("%s is not an array".formatted(what));
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  /** A string without a NUL, which no environment and no command can hold. */
  String string(String key) throws IOException {
    if (!isString()) {
      throw wrong("`%s` is not a string".formatted(key));
    }
    String text = json.getText();
    if (text.indexOf('\0') >= 0) {
      throw wrong("`%s` has a NUL character".formatted(key));
    }
    return text;
  }

  boolean flag(String key) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_TRUE
        && json.currentToken() != JsonToken.VALUE_FALSE) {
      throw wrong("`%s` is neither true nor false".formatted(key));
    }
    return json.getBooleanValue();
  }

  int number(String key, int least, int most) throws IOException {
    boolean whole =
        json.currentToken() == JsonToken.VALUE_NUMBER_INT
            && json.getNumberType() == JsonParser.NumberType.INT;
    if (!whole || json.getIntValue() < least || json.getIntValue() > most) {
      throw wrong("`%s` is not a whole number from %d to %d".formatted(key, least, most));
    }
    return json.getIntValue();
  }

  JsonLocation location() {
    return json.currentTokenLocation();
  }

  BadFormatException wrong(String what) {
    return wrong(location(), what);
  }

  static BadFormatException wrong(JsonLocation at, String what) {
    return new BadFormatException(located(at, what));
  }

  /** A message with its place. */
  static String located(JsonLocation at, String what) {
    return "line %d, column %d: %s".formatted(at.getLineNr(), at.getColumnNr(), what);
  }
}
