package io.platform.proxy;

import io.platform.proxy.RoutingTable.InFlightRequest;
import java.time.Duration;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * A client's request on its way to an app. {@code Expect} is hidden: the proxy itself says "100
 * Continue" when the app is connected and the body is wanted, so that apps that never say it do not
 * hang.
 */
final class AppRequest extends Request.Wrapper {
  private final InFlightRequest flight;
  private final String id;
  private final HttpFields headers;
  private final long begun = System.nanoTime();
  private volatile long sent;
  private int attempts;
  private volatile boolean bodyRead;
  private volatile boolean bodyFailed;

  AppRequest(Request wrapped, InFlightRequest flight, String id) {
    super(wrapped);
    this.flight = flight;
    this.id = id;
    HttpFields received = wrapped.getHeaders();
    this.headers =
        received.contains(HttpHeader.EXPECT)
            ? HttpFields.build(received).remove(HttpHeader.EXPECT).asImmutable()
            : received;
  }

  InFlightRequest flight() {
    return flight;
  }

  String id() {
    return id;
  }

  @Override
  public HttpFields getHeaders() {
    return headers;
  }

  @Override
  public Content.Chunk read() {
    Content.Chunk chunk = super.read();
    if (Content.Chunk.isFailure(chunk)) {
      bodyFailed = true;
    } else if (chunk != null) {
      bodyRead = true;
    }
    return chunk;
  }

  /** A body of which no byte was read stays readable, for the next attempt. */
  @Override
  public void fail(Throwable failure) {
    if (bodyRead) {
      super.fail(failure);
    }
  }

  /** Now there is a connection to the app. */
  void connected() {
    sent = System.nanoTime();
  }

  /** How long that took, or, where there was none, until now. */
  Duration connectTime() {
    return Duration.ofNanos((sent == 0 ? System.nanoTime() : sent) - begun);
  }

  /** From then until now. */
  Duration serviceTime() {
    return sent == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - sent);
  }

  /** Whether the client's body could not be read to its end. */
  boolean bodyFailed() {
    return bodyFailed;
  }

  /** Whether there is nothing of the body that an earlier attempt has taken. */
  boolean bodyWhole() {
    return !hasBody() || !bodyRead;
  }

  boolean hasBody() {
    return getLength() > 0 || chunked();
  }

  boolean chunked() {
    return headers.contains(HttpHeader.TRANSFER_ENCODING);
  }

  boolean http11() {
    return getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1;
  }

  /**
   * Whether the client asks to change the protocol of its connection to something that can be
   * tunnelled.
   */
  boolean upgrades() {
    String protocol = headers.get(HttpHeader.UPGRADE);
    return protocol != null
        && !protocol.startsWith("h2c")
        && http11()
        && !hasBody()
        && HttpMethod.GET.is(getMethod())
        && headers.contains(HttpHeader.CONNECTION, "Upgrade");
  }

  /** Whether sending the request again does no harm, and it can be sent again. */
  boolean repeatable() {
    return !hasBody()
        && (HttpMethod.GET.is(getMethod())
            || HttpMethod.HEAD.is(getMethod())
            || HttpMethod.OPTIONS.is(getMethod()));
  }

  /** The client's connection. */
  EndPoint clientEndPoint() {
    return getConnectionMetaData().getConnection().getEndPoint();
  }

  void countAttempt() {
    attempts++;
  }

  int attempts() {
    return attempts;
  }
}
