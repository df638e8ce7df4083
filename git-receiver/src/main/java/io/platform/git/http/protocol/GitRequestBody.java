package io.platform.git.http.protocol;

import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jgit.errors.PackProtocolException;

/** The bytes that a git client sends, which it may have compressed. */
public final class GitRequestBody {
  private static final int BUFFER = 32 * 1024;
  private static final int BEGINNING = 64 * 1024;

  private GitRequestBody() {}

  /**
   * A body of a bounded size, before and after decompression; reading on throws a {@link
   * PackProtocolException} with a sentence for the client.
   *
   * @param body as it comes over the wire
   */
  public static InputStream bounded(HttpServletRequest request, InputStream body, int mostBytes)
      throws IOException {
    return new Bounded(decoded(request, new Bounded(body, mostBytes)), mostBytes);
  }

  /**
   * The body with its beginning read, which most often is all of it: what works on it does not wait
   * for a client that sends slowly.
   */
  public static InputStream begun(InputStream body) throws IOException {
    return new SequenceInputStream(new ByteArrayInputStream(body.readNBytes(BEGINNING)), body);
  }

  /**
   * Decompresses a body where its headers say that it is compressed.
   *
   * @throws MalformedRequest where it is not
   */
  public static InputStream decoded(HttpServletRequest request, InputStream body)
      throws IOException {
    String encoding = request.getHeader("Content-Encoding");
    if (!"gzip".equals(encoding) && !"x-gzip".equals(encoding)) {
      return new BufferedInputStream(body, BUFFER);
    }
    try {
      return new GZIPInputStream(body, BUFFER);
    } catch (EofException e) {
      throw MalformedRequest.broken();
    } catch (ZipException | EOFException e) {
      throw new MalformedRequest(
          "The request says that it is compressed with gzip, and it is not.");
    } catch (IOException e) {
      throw MalformedRequest.isSilence(e) ? MalformedRequest.silent() : e;
    }
  }

  /** Reads and forgets what still comes, so that the client gets to reading the answer. */
  public static void drain(InputStream body, long mostBytes) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long left = mostBytes;
    for (int n = 0; n >= 0 && left > 0; n = body.read(buffer)) {
      left -= n;
    }
  }

  /** Ends with a sentence where more comes than is taken. */
  private static final class Bounded extends FilterInputStream {
    private final int most;
    private long read;

    private Bounded(InputStream in, int most) {
      super(in);
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      read += Math.max(0, count);
      if (read > most) {
        throw new PackProtocolException(
            "The request is larger than %d MiB. Fetch fewer branches and tags at a time."
                .formatted(Math.max(1, most >> 20)));
      }
      return count;
    }
  }
}
