package io.platform.proxy;

import io.platform.domain.port.RouteOptions;
import io.platform.domain.port.RoutedRequest;
import io.platform.domain.port.RouterLog;
import io.platform.domain.port.Traffic;
import io.platform.domain.port.Upstream;
import io.platform.proxy.RoutingTable.InFlightRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Carries requests for apps, by host name, in front of the platform's own handlers: what is for one
 * of the platform's own hosts goes on to the next handler, everything else is an app's, or gets a
 * page that says what is missing.
 *
 * <p>Mounted in a {@code Handler.Sequence} before all others, on connectors configured by {@link
 * #configure}.
 */
public final class AppProxy extends Handler.Wrapper implements Traffic {
  private static final Set<UriCompliance.Violation> EMPTY_SEGMENTS =
      Set.of(UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT);

  private static final Pattern SLASHES = Pattern.compile("/{2,}");

  private final RoutingTable routes = new RoutingTable();
  private final ResponseCounts responses = new ResponseCounts();
  private final Predicate<String> ownHost;
  private final Function<String, HostState> hostState;
  private final Function<String, Optional<String>> maintenancePages;
  private final Function<String, Optional<Upstream>> upstreams;
  private final Forwarder forwarder;
  private volatile RouterLog log = RouterLog.none();
  private volatile HttpsPort https = HttpsPort.NONE;

  /**
   * @param ownHost whether a host name (lower case, without port and final dot; IPv6 in brackets)
   *     is the platform's own
   * @param hostState asked for hosts that no traffic is routed for; must answer at once
   */
  public AppProxy(
      Predicate<String> ownHost, Function<String, HostState> hostState, ProxySettings settings) {
    this(ownHost, hostState, host -> Optional.empty(), host -> Optional.empty(), settings);
  }

  /**
   * A proxy whose apps need not be routed.
   *
   * @param upstreams where the app of a host is reached; asked for hosts that no traffic is routed
   *     for; must answer at once
   * @param maintenancePages the page of its own that the app of a host has, in HTML
   */
  public AppProxy(
      Predicate<String> ownHost,
      Function<String, HostState> hostState,
      Function<String, Optional<String>> maintenancePages,
      Function<String, Optional<Upstream>> upstreams,
      ProxySettings settings) {
    this.ownHost = ownHost;
    this.hostState = hostState;
    this.maintenancePages = maintenancePages;
    this.upstreams = upstreams;
    this.forwarder = new Forwarder(settings);
    setHandler(forwarder);
  }

  /**
   * What the connector must allow so that apps get requests as they were sent: odd request targets
   * (which this handler refuses for the platform's own hosts), large headers, the case of header
   * names; and no {@code Server} header that the app did not send.
   */
  public static void configure(HttpConfiguration http) {
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setHeaderCacheCaseSensitive(true);
    http.setRequestHeaderSize(64 * 1024);
    http.setMaxResponseHeaderSize(64 * 1024);
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
  }

  /** Says where each request for an app is to be logged from now on. */
  public void logTo(RouterLog to) {
    log = to;
  }

  /** Says where HTTPS is served; until then nowhere. */
  public void serveHttps(HttpsPort port) {
    https = port;
  }

  /** Counts the answers to requests for apps. */
  public ResponseCounts responses() {
    return responses;
  }

  @Override
  public void route(Set<String> hosts, List<Upstream> to, RouteOptions options) {
    routes.route(hosts, to, options);
  }

  @Override
  public void withdraw(Set<String> hosts) {
    routes.withdraw(hosts);
  }

  @Override
  public CompletionStage<Void> drained(Upstream upstream) {
    return routes.drained(upstream);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String host = RoutingTable.canonical(Request.getServerName(request));
    String id = RequestIds.of(request.getHeaders());
    if (ownHost.test(host)) {
      HttpURI target = request.getHttpURI();
      if (EMPTY_SEGMENTS.equals(Set.copyOf(target.getViolations()))) {
        redirect(target, response, callback);
        return true;
      }
      if (target.hasViolations()) {
        ErrorPageWriter.write(request, response, callback, ErrorPage.BAD_TARGET, id);
        return true;
      }
      return false;
    }
    Request.addCompletionListener(request, failure -> responses.add(response.getStatus()));
    if (HttpMethod.CONNECT.is(request.getMethod())) {
      ErrorPageWriter.write(request, response, callback, ErrorPage.NO_TUNNEL, id);
      return true;
    }
    if (!request.isSecure() && routes.isHttpsOnly(host) && https.isServed().test(host)) {
      logWhenDone(request, response, host, id);
      moved(https.url(host, request.getHttpURI()), response, callback);
      return true;
    }
    Optional<InFlightRequest> flight =
        routes.enter(host, request.getHeaders()).or(() -> upstreams.apply(host).map(routes::enter));
    if (flight.isEmpty()) {
      logWhenDone(request, response, host, id);
      refuse(host, request, response, callback, id);
      return true;
    }
    AppRequest forwarded = new AppRequest(request, flight.get(), id);
    Request.addCompletionListener(
        request,
        failure ->
            log.add(
                entry(
                    request,
                    response,
                    host,
                    id,
                    Optional.of(forwarded.flight().upstream()),
                    forwarded.connectTime(),
                    forwarded.serviceTime())));
    return forward(forwarded, response, callback);
  }

  private void logWhenDone(Request request, Response response, String host, String id) {
    Request.addCompletionListener(
        request,
        failure ->
            log.add(
                entry(
                    request, response, host, id, Optional.empty(), Duration.ZERO, Duration.ZERO)));
  }

  private static RoutedRequest entry(
      Request request,
      Response response,
      String host,
      String id,
      Optional<Upstream> upstream,
      Duration connect,
      Duration service) {
    return new RoutedRequest(
        host,
        upstream,
        id,
        request.getMethod(),
        request.getHttpURI().getPathQuery(),
        connect,
        service,
        response.getStatus(),
        Response.getContentBytesWritten(response),
        request.getAttribute(ErrorPageWriter.ATTRIBUTE) instanceof ErrorPage page
            ? Optional.of(page.title())
            : Optional.empty());
  }

  private void refuse(
      String host, Request request, Response response, Callback callback, String id) {
    HostState state = hostState.apply(host);
    Optional<String> own =
        state == HostState.MAINTENANCE ? maintenancePages.apply(host) : Optional.empty();
    if (own.isPresent()) {
      ErrorPageWriter.writeOwn(request, response, callback, own.get(), id);
    } else {
      ErrorPageWriter.write(request, response, callback, ErrorPage.of(state), id);
    }
  }

  /** Slashes in a row, which people write into git remotes, stand for one. */
  private static void redirect(HttpURI target, Response response, Callback callback) {
    String path = SLASHES.matcher(target.getPath()).replaceAll("/");
    moved(target.getQuery() == null ? path : path + "?" + target.getQuery(), response, callback);
  }

  private static void moved(String location, Response response, Callback callback) {
    response.setStatus(HttpStatus.PERMANENT_REDIRECT_308);
    response.getHeaders().put(HttpHeader.LOCATION, location);
    callback.succeeded();
  }

  private boolean forward(AppRequest request, Response response, Callback callback) {
    EndPoint client = request.clientEndPoint();
    long idle = client.getIdleTimeout();
    Request.addCompletionListener(
        request,
        failure -> {
          request.flight().close();
          if (request.getAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE) == null) {
            client.setIdleTimeout(idle);
          }
        });
    request.addIdleTimeoutListener(quiet -> false);
    return forwarder.handle(request, response, callback);
  }
}
