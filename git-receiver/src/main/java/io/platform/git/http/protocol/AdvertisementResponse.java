package io.platform.git.http.protocol;

import io.platform.commons.http.MinimumReadRate;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** The headers and the format of object names, which the advertisements of both services share. */
public final class AdvertisementResponse {
  /** The capability that names the format of object names. */
  public static final String OBJECT_FORMAT = "object-format";

  /** The only format of object names. */
  public static final String SHA1 = "sha1";

  /** Bytes a second, over the time that is waited for the reader. */
  private static final int SLOWEST = 1024;

  private static final Duration GRACE = Duration.ofMinutes(1);

  private AdvertisementResponse() {}

  /**
   * Sets the headers and opens the body, which ends for a client that reads too slowly.
   *
   * @param service such as {@code git-upload-pack}
   */
  public static OutputStream open(HttpServletResponse response, String service) throws IOException {
    PlainReply.noCache(response);
    response.setContentType("application/x-%s-advertisement".formatted(service));
    return new BufferedOutputStream(
        new MinimumReadRate(response.getOutputStream(), SLOWEST, GRACE), 32 * 1024);
  }
}
