package io.platform.receiver.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** Gives up the turn while the client sends nothing: a slow upload keeps nobody else waiting. */
final class GatedInput extends FilterInputStream {
  private final CpuGate gate;
  private boolean inside;

  GatedInput(InputStream in, CpuGate gate) {
    super(in);
    this.gate = gate;
  }

  void enter(Runnable waiting) throws InterruptedIOException {
    try {
      gate.enter(waiting);
      inside = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a turn");
    }
  }

  void leave() {
    if (inside) {
      inside = false;
      gate.leave();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (!inside || in.available() > 0) {
      return in.read(bytes, offset, length);
    }
    leave();
    try {
      return in.read(bytes, offset, length);
    } finally {
      enter(() -> {});
    }
  }
}
