package io.platform.commons.http;

import io.javalin.http.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** The bodies of requests and answers: those that fit into memory, and streams. */
public final class Bodies {
  private Bodies() {}

  /**
   * The whole body.
   *
   * @throws Problem where it has more bytes than {@code maxBytes} (413), or does not come within
   *     {@link SlowRequestLimits#smallBody()} (408)
   */
  public static byte[] read(Context ctx, int maxBytes) throws IOException {
    if (ctx.req().getContentLengthLong() > maxBytes) {
      throw tooLarge(maxBytes);
    }
    Duration limit = ctx.appData(SlowRequestLimits.KEY).smallBody();
    byte[] body;
    try {
      body = new TimeLimitedInput(ctx.req().getInputStream(), limit).readNBytes(maxBytes + 1);
    } catch (IOException e) {
      if (isSilence(e)) {
        throw tooLate(limit);
      }
      throw e;
    }
    if (body.length > maxBytes) {
      throw tooLarge(maxBytes);
    }
    return body;
  }

  /** What reads a streamed body. */
  @FunctionalInterface
  public interface Reader<T> {
    /** Reads it. */
    T read(InputStream body) throws IOException;
  }

  /**
   * Reads a body of any size piece by piece.
   *
   * @throws Problem where the client sends less than {@link SlowRequestLimits#bytesPerSecond()}, or
   *     nothing (408)
   */
  public static <T> T stream(Context ctx, Reader<T> reader) throws IOException {
    SlowRequestLimits limits = ctx.appData(SlowRequestLimits.KEY);
    int rate = limits.bytesPerSecond();
    try {
      return reader.read(new MinimumSendRate(ctx.req().getInputStream(), rate, limits.window()));
    } catch (MinimumSendRate.TooSlow e) {
      throw new Problem(
          408,
          "The upload was slower than %d bytes a second and was ended. Upload again over a better connection."
              .formatted(rate));
    } catch (IOException e) {
      if (isSilence(e)) {
        throw new Problem(408, "The upload stopped halfway and was ended. Upload again.");
      }
      throw e;
    }
  }

  /** What the client has to take at least as fast as {@link SlowRequestLimits} says. */
  public static OutputStream answer(Context ctx) throws IOException {
    SlowRequestLimits limits = ctx.appData(SlowRequestLimits.KEY);
    return new MinimumReadRate(
        ctx.res().getOutputStream(), limits.bytesPerSecond(), limits.window());
  }

  private static Problem tooLarge(int maxBytes) {
    return new Problem(
        413,
        "The request's body is larger than the %d bytes that are taken here.".formatted(maxBytes));
  }

  private static Problem tooLate(Duration limit) {
    return new Problem(
        408,
        "The request's body did not arrive within %d seconds. Check the connection, then try again."
            .formatted(Math.max(1, limit.toSeconds())));
  }

  /** Whether the connection was silent for longer than it may be. */
  private static boolean isSilence(IOException e) {
    return e.getCause() instanceof TimeoutException;
  }

  /** Ends at a deadline, however often a byte comes. */
  private static final class TimeLimitedInput extends FilterInputStream {
    private final Duration limit;
    private final long begun = System.nanoTime();

    private TimeLimitedInput(InputStream in, Duration limit) {
      super(in);
      this.limit = limit;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = in.read(into, offset, length);
      if (n >= 0 && System.nanoTime() - begun > limit.toNanos()) {
        throw tooLate(limit);
      }
      return n;
    }
  }
}
