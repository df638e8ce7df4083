package io.platform.kubernetes.oneoff;

import java.io.IOException;
import java.io.OutputStream;

/** Sends what is written on one channel. */
final class ChannelOutput extends OutputStream {
  /** Of one message. */
  private static final int CHUNK = 32 << 10;

  private final PodSocket socket;
  private final int channel;
  private final Closing closing;
  private boolean closed;

  /** Tells the other side that nothing comes any more. */
  interface Closing {
    void close() throws IOException;
  }

  ChannelOutput(PodSocket socket, int channel, Closing closing) {
    this.socket = socket;
    this.channel = channel;
    this.closing = closing;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] data, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the input was ended before");
    }
    for (int sent = 0; sent < length; sent += CHUNK) {
      socket.send(channel, data, offset + sent, Math.min(CHUNK, length - sent));
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      closing.close();
    }
  }
}
