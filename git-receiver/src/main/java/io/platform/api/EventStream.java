package io.platform.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.domain.port.LogSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A log as server-sent events (WHATWG HTML, 9.2): an event {@code lines} holds whole lines, its id
 * is the offset after them, which a client sends back as {@code Last-Event-ID}; an event {@code
 * end} holds the build and comes last.
 */
final class EventStream implements LogSink {
  static final String MEDIA_TYPE = "text/event-stream";

  private static final byte[] DATA = "data: ".getBytes(UTF_8);

  private final OutputStream out;

  EventStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void text(byte[] text, long next) throws IOException {
    send("lines", Long.toString(next), text);
  }

  @Override
  public void idle() throws IOException {
    out.write(": keep-alive\n\n".getBytes(UTF_8));
    out.flush();
  }

  void end(byte[] json) throws IOException {
    send("end", "", json);
  }

  /** The follower may see no more; the sentence says why. */
  void refused(String sentence) throws IOException {
    send("refused", "", sentence.getBytes(UTF_8));
  }

  private void send(String event, String id, byte[] data) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream(data.length + 256);
    block.writeBytes("event: %s\n".formatted(event).getBytes(UTF_8));
    if (!id.isEmpty()) {
      block.writeBytes("id: %s\n".formatted(id).getBytes(UTF_8));
    }
    int end = data.length > 0 && data[data.length - 1] == '\n' ? data.length - 1 : data.length;
    block.writeBytes(DATA);
    for (int i = 0; i < end; i++) {
      // A carriage return would end the line for the reader too, so it is made a line's end here.
      if (data[i] == '\n' || data[i] == '\r') {
        block.write('\n');
        block.writeBytes(DATA);
      } else {
        block.write(data[i]);
      }
    }
    block.writeBytes("\n\n".getBytes(UTF_8));
    block.writeTo(out);
    out.flush();
  }
}
