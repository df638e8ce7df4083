package io.platform.proxy;

import java.net.URI;
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
    String received =
        asReceived.getPath() == null || asReceived.getPath().isEmpty() ? "/" : asReceived.getPath();
    this.path = asReceived.getQuery() == null ? received + fragment : received;
    this.query = asReceived.getQuery() == null ? null : asReceived.getQuery() + fragment;
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
