package io.platform.proxy;

import io.platform.proxy.RoutingTable.InFlightRequest;
import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpUpgrader;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Passes an app's "101 Switching Protocols" on to the client and joins both connections to a
 * tunnel.
 */
final class ProtocolUpgrade implements HttpUpgrader {
  private final AppRequest request;
  private final Response response;
  private final Callback callback;
  private final FirstByteTimeouts.Wait firstByte;
  private final HttpClient owner;
  private final Duration idle;

  /**
   * @param owner of the connection to the app
   * @param idle how long the tunnel may be silent
   */
  ProtocolUpgrade(
      AppRequest request,
      Response response,
      Callback callback,
      FirstByteTimeouts.Wait firstByte,
      HttpClient owner,
      Duration idle) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.firstByte = firstByte;
    this.owner = owner;
    this.idle = idle;
  }

  @Override
  public void prepare(Request outgoing) {
    // The headers are there already: they are the client's.
  }

  @Override
  public void upgrade(org.eclipse.jetty.client.Response answer, EndPoint app, Callback done) {
    firstByte.end();
    InFlightRequest flight = request.flight().another();
    AppTunnel tunnel = new AppTunnel(request.clientEndPoint(), app, owner, idle, flight::close);
    app.upgrade(tunnel.app());
    request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, tunnel.client());
    response.setStatus(HttpStatus.SWITCHING_PROTOCOLS_101);
    ResponseRelay.copyHeaders(answer.getHeaders(), response.getHeaders());
    response.getHeaders().put(HttpHeader.UPGRADE, answer.getHeaders().get(HttpHeader.UPGRADE));
    response.getHeaders().put(HttpHeader.CONNECTION, "Upgrade");
    done.succeeded();
    callbackAfterHeaders(tunnel);
  }

  private void callbackAfterHeaders(AppTunnel tunnel) {
    response.write(
        true,
        null,
        Callback.from(
            callback::succeeded,
            failure -> {
              tunnel.close(failure);
              callback.failed(failure);
            }));
  }
}
