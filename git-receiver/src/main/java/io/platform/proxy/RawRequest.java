package io.platform.proxy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpURI;
import org.jspecify.annotations.Nullable;

/**
 * A request that hands on method, path and query as they came: {@link URI} rejects targets that
 * browsers send, and the client would change the method's case.
 */
final class RawRequest extends HttpRequest {
  private final String method;
  private final String path;
  private final @Nullable String query;

  RawRequest(HttpClient client, URI origin, String method, HttpURI asReceived) {
    super(client, new HttpConversation(), origin);
    this.method = method;
    String fragment = asReceived.getFragment() == null ? "" : "#" + asReceived.getFragment();
    String target =
        asReceived.getPath() == null || asReceived.getPath().isEmpty() ? "/" : asReceived.getPath();
    String search = asReceived.getQuery();
    this.path = ascii(search == null ? target + fragment : target);
    this.query = search == null ? null : ascii(search + fragment);
  }

  /** Bytes beyond ASCII are written as they must be in a target: as percent-encoded UTF-8. */
  private static String ascii(String target) {
    if (target.chars().allMatch(c -> c < 0x80)) {
      return target;
    }
    StringBuilder encoded = new StringBuilder();
    for (byte octet : target.getBytes(StandardCharsets.UTF_8)) {
      if (octet < 0) {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
      } else {
        encoded.append((char) octet);
      }
    }
    return encoded.toString();
  }

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public String getPath() {
    return path;
  }

  @Override
  public @Nullable String getQuery() {
    return query;
  }
}
