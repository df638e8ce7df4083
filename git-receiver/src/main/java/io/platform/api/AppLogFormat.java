package io.platform.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;

/** Formats an app's log as JSON, one object an entry. */
enum AppLogFormat {
  /** One object a line (<a href="https://jsonlines.org">JSON Lines</a>); empty lines in pauses. */
  JSON_LINES("application/x-ndjson", "\n") {
    @Override
    void write(String event, String position, byte[] json, ByteArrayOutputStream to) {
      to.writeBytes(json);
      to.write('\n');
    }
  },

  /**
   * Server-sent events (WHATWG HTML, 9.2). The id is the entry's position, which a client sends
   * back as {@code Last-Event-ID}; comments in pauses.
   */
  EVENTS(EventStream.MEDIA_TYPE, ": keep-alive\n\n") {
    @Override
    void write(String event, String position, byte[] json, ByteArrayOutputStream to) {
      to.writeBytes(("event: " + event + "\n").getBytes(UTF_8));
      if (!position.isEmpty()) {
        to.writeBytes(("id: " + position + "\n").getBytes(UTF_8));
      }
      to.writeBytes("data: ".getBytes(UTF_8));
      to.writeBytes(json);
      to.writeBytes("\n\n".getBytes(UTF_8));
    }
  };

  private final String mediaType;
  private final String pause;

  AppLogFormat(String mediaType, String pause) {
    this.mediaType = mediaType;
    this.pause = pause;
  }

  /** The one that a request asks for. */
  static AppLogFormat of(Context ctx) {
    String accept = ctx.header("Accept");
    return accept != null && accept.contains(EventStream.MEDIA_TYPE) ? EVENTS : JSON_LINES;
  }

  String mediaType() {
    return mediaType + "; charset=utf-8";
  }

  /** Adds an entry; the JSON has no line feeds. */
  abstract void write(String event, String position, byte[] json, ByteArrayOutputStream to);

  /** What keeps a connection alive. */
  byte[] pause() {
    return pause.getBytes(UTF_8);
  }
}
