package io.platform.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpUpgrader;
import org.eclipse.jetty.client.Response.CompleteListener;
import org.eclipse.jetty.client.UpgradeProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Carries one request to its app and the answer back; never blocks a thread. Every request it is
 * given is an {@link AppRequest}.
 */
final class Forwarder extends ProxyHandler {
  private static final int HEADERS_LIMIT = 64 * 1024;

  private final ProxySettings settings;
  private final ForwardedHeaders headers;
  private final ForwardFailures failures;
  private @Nullable FirstByteTimeouts firstByte;

  Forwarder(ProxySettings settings) {
    this.settings = settings;
    this.headers = new ForwardedHeaders(settings.trustedPeer());
    this.failures = new ForwardFailures(this::handle);
  }

  @Override
  protected HttpClient newHttpClient() {
    HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(new ClientConnector());
    transport.setHeaderCacheCaseSensitive(true);
    transport.setInvocationType(InvocationType.NON_BLOCKING);
    return new HttpClient(transport);
  }

  @Override
  protected void configureHttpClient(HttpClient client) {
    super.configureHttpClient(client);
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("proxy");
    threads.setDaemon(true);
    client.setExecutor(threads);
    client.setScheduler(getServer().getScheduler());
    client.setByteBufferPool(getServer().getByteBufferPool());
    client.setMaxConnectionsPerDestination(settings.connectionsPerApp());
    client.setMaxRequestsQueuedPerDestination(settings.connectionsPerApp());
    client.setUserAgentField(null);
    client.setDefaultRequestContentType(null);
    client.setConnectTimeout(settings.connect().toMillis());
    client.setIdleTimeout(settings.keepAlive().toMillis());
    client.setDestinationIdleTimeout(Duration.ofMinutes(1).toMillis());
    client.setMaxRequestHeadersSize(HEADERS_LIMIT);
    client.setMaxResponseHeadersSize(HEADERS_LIMIT);
    client.setResponseBufferSize(32 * 1024);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    firstByte = new FirstByteTimeouts(getServer().getScheduler(), settings.firstByte());
    getHttpClient()
        .getProtocolHandlers()
        .put(
            new UpgradeProtocolHandler() {
              @Override
              protected boolean acceptHeaders(
                  org.eclipse.jetty.client.Request request,
                  org.eclipse.jetty.client.Response response) {
                return true;
              }
            });
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    if (firstByte != null) {
      firstByte.destroy();
    }
  }

  @Override
  protected HttpURI rewriteHttpURI(Request request) {
    return request.getHttpURI();
  }

  @Override
  protected org.eclipse.jetty.client.Request newProxyToServerRequest(
      Request client, HttpURI asReceived) {
    AppRequest request = (AppRequest) client;
    RawRequest outgoing =
        new RawRequest(
            getHttpClient(),
            origin(request.flight().upstream().address()),
            request.getMethod(),
            asReceived);
    outgoing.tag(request.flight().upstream().release());
    outgoing.idleTimeout(beforeAnswer().toMillis(), TimeUnit.MILLISECONDS);
    if (request.chunked() && request.http11()) {
      outgoing.trailersSupplier(request::getTrailers);
    }
    return outgoing;
  }

  @Override
  protected void copyRequestHeaders(Request client, org.eclipse.jetty.client.Request outgoing) {
    outgoing.headers(to -> headers.copy((AppRequest) client, to));
  }

  @Override
  protected void addProxyHeaders(Request client, org.eclipse.jetty.client.Request outgoing) {
    // Done by copyRequestHeaders. No Via and no Forwarded: apps read X-Forwarded-*, and Via turns
    // compression off in some of them.
  }

  @Override
  protected CompleteListener newServerToProxyResponseListener(
      Request client,
      org.eclipse.jetty.client.Request outgoing,
      Response response,
      Callback callback) {
    AppRequest request = (AppRequest) client;
    FirstByteTimeouts.Wait wait = timeouts().waitFor(outgoing);
    ResponseRelay relay =
        new ResponseRelay(request, response, callback, wait, settings.streamIdle(), failures);
    outgoing.onRequestBegin(begun -> request.connected());
    outgoing.onRequestSuccess(sent -> wait.start());
    if (request.upgrades()) {
      HttpUpgrader.Factory upgrade =
          version ->
              new ProtocolUpgrade(
                  request, response, callback, wait, getHttpClient(), settings.streamIdle());
      outgoing.attribute(HttpUpgrader.Factory.class.getName(), upgrade);
    }
    request.countAttempt();
    request.clientEndPoint().setIdleTimeout(beforeAnswer().toMillis());
    return relay;
  }

  /**
   * Longer than the wait for the first byte, which has its own timer: an idle connection must not
   * end it sooner.
   */
  private Duration beforeAnswer() {
    Duration answer = settings.firstByte().plusSeconds(5);
    return answer.compareTo(settings.requestIdle()) > 0 ? answer : settings.requestIdle();
  }

  private FirstByteTimeouts timeouts() {
    if (firstByte == null) {
      throw new IllegalStateException("not started");
    }
    return firstByte;
  }

  private static URI origin(InetSocketAddress target) {
    InetAddress address = target.getAddress();
    String host = address.getHostAddress();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + target.getPort());
  }
}
