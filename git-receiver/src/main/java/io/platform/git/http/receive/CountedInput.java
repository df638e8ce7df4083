package io.platform.git.http.receive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntConsumer;

/** Counts the bytes of each read. */
final class CountedInput extends FilterInputStream {
  private final IntConsumer counter;

  CountedInput(InputStream in, IntConsumer counter) {
    super(in);
    this.counter = counter;
  }

  @Override
  public int read() throws IOException {
    int one = in.read();
    if (one >= 0) {
      counter.accept(1);
    }
    return one;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = in.read(bytes, offset, length);
    if (n > 0) {
      counter.accept(n);
    }
    return n;
  }
}
