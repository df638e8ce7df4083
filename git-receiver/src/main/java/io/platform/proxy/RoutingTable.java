package io.platform.proxy;

import io.platform.domain.DomainName;
import io.platform.domain.port.RouteOptions;
import io.platform.domain.port.Traffic;
import io.platform.domain.port.Upstream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * The routes of all hosts, and the requests in flight. One lock for both: a request either counts
 * for an old upstream before {@link #route} returns, or goes to a new one.
 */
final class RoutingTable implements Traffic {
  private final Map<String, Route> routes = new HashMap<>();
  private final Map<Upstream, Load> loads = new HashMap<>();
  private final SessionAffinity affinity = new SessionAffinity();

  /** Lower case, without a final dot. */
  static String canonical(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  @Override
  public synchronized void route(
      Set<String> hosts, List<Upstream> upstreams, RouteOptions options) {
    if (upstreams.isEmpty()) {
      throw new IllegalArgumentException("no upstream for " + hosts);
    }
    hosts.forEach(host -> {
      Map<String, Upstream> ids = options.sticky() ? affinity.ids(host, upstreams) : Map.of();
      routes.put(canonical(host), new Route(List.copyOf(upstreams), ids, options.httpsOnly()));
    });
  }

  @Override
  public synchronized void withdraw(Set<String> hosts) {
    hosts.forEach(host -> routes.remove(canonical(host)));
  }

  @Override
  public synchronized CompletionStage<Void> drained(Upstream upstream) {
    Load load = loads.get(upstream);
    if (load == null) {
      return CompletableFuture.completedStage(null);
    }
    CompletableFuture<Void> empty = new CompletableFuture<>();
    load.waiting.add(empty);
    return empty.minimalCompletionStage();
  }

  /** Whether requests for the host are to come over HTTPS. */
  synchronized boolean isHttpsOnly(String host) {
    return find(host).filter(route -> route.httpsOnly).isPresent();
  }

  /** Counts a new request for the host, until its flight is closed; empty where no app answers. */
  synchronized Optional<InFlightRequest> enter(String host, HttpFields headers) {
    return find(host)
        .map(route ->
            enter(host, route.ofClient(headers).orElseGet(() -> choose(route)), route.ids));
  }

  /** Counts a new request to where an app stands. */
  InFlightRequest enter(Upstream upstream) {
    return enter("", upstream, Map.of());
  }

  private synchronized InFlightRequest enter(
      String host, Upstream upstream, Map<String, Upstream> ids) {
    count(upstream);
    return new InFlightRequest(host, upstream, ids);
  }

  private void count(Upstream upstream) {
    loads.computeIfAbsent(upstream, _ -> new Load()).count++;
  }

  /** The route of the host itself, or of the wildcard that it is under. */
  private Optional<Route> find(String host) {
    Route own = routes.get(host);
    return Optional.ofNullable(own == null ? routes.get(DomainName.wildcardOf(host)) : own);
  }

  /** The one with the fewest requests in flight; equals take turns. */
  private Upstream choose(Route route) {
    int size = route.upstreams.size();
    int best = route.next % size;
    for (int i = 1; i < size && inFlight(route.upstreams.get(best)) > 0; i++) {
      int other = (route.next + i) % size;
      if (inFlight(route.upstreams.get(other)) < inFlight(route.upstreams.get(best))) {
        best = other;
      }
    }
    route.next = (best + 1) % size;
    return route.upstreams.get(best);
  }

  /** The one with the fewest requests in flight, of those that a request was not sent to. */
  private synchronized Optional<Upstream> another(String host, Set<Upstream> tried) {
    return find(host).stream()
        .flatMap(route -> route.upstreams.stream())
        .filter(upstream -> !tried.contains(upstream))
        .min(Comparator.comparingInt(this::inFlight))
        .map(upstream -> {
          count(upstream);
          return upstream;
        });
  }

  private int inFlight(Upstream upstream) {
    @Nullable Load load = loads.get(upstream);
    return load == null ? 0 : load.count;
  }

  private void end(Upstream upstream) {
    List<CompletableFuture<Void>> waiting = leave(upstream);
    waiting.forEach(empty -> empty.complete(null));
  }

  private synchronized List<CompletableFuture<Void>> leave(Upstream upstream) {
    Load load = loads.get(upstream);
    if (load == null || --load.count > 0) {
      return List.of();
    }
    loads.remove(upstream);
    return load.waiting;
  }

  private static final class Route {
    private final List<Upstream> upstreams;
    private final Map<String, Upstream> ids;
    private final boolean httpsOnly;

    /** Whose turn it is among equals. */
    private int next;

    /**
     * @param ids what clients know the upstreams by; empty where they are not told
     */
    private Route(List<Upstream> upstreams, Map<String, Upstream> ids, boolean httpsOnly) {
      this.upstreams = upstreams;
      this.ids = ids;
      this.httpsOnly = httpsOnly;
    }

    /** Where the earlier requests of the client went to. */
    private Optional<Upstream> ofClient(HttpFields headers) {
      return ids.isEmpty()
          ? Optional.empty()
          : SessionAffinity.idIn(headers).flatMap(id -> Optional.ofNullable(ids.get(id)));
    }
  }

  private static final class Load {
    private int count;
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
  }

  /** One request or upgraded connection on its way; closing it twice is harmless. */
  final class InFlightRequest implements AutoCloseable {
    private final String host;
    private final Map<String, Upstream> ids;
    private final Set<Upstream> tried = new HashSet<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Upstream upstream;

    private InFlightRequest(String host, Upstream upstream, Map<String, Upstream> ids) {
      this.host = host;
      this.ids = ids;
      this.upstream = upstream;
    }

    Upstream upstream() {
      return upstream;
    }

    /** What the client knows its upstream by from now on; empty where it is not told. */
    Optional<String> affinityId() {
      return ids.entrySet().stream()
          .filter(entry -> entry.getValue().equals(upstream))
          .map(Map.Entry::getKey)
          .findFirst();
    }

    /**
     * Goes on to another process of the app, one that it was not at before. Not by several threads.
     *
     * @return whether there is one
     */
    boolean moveOn() {
      tried.add(upstream);
      Optional<Upstream> next = RoutingTable.this.another(host, tried);
      next.ifPresent(to -> {
        Upstream from = upstream;
        upstream = to;
        end(from);
      });
      return next.isPresent();
    }

    /**
     * A second flight to the same upstream, for what outlives the request: an upgraded connection.
     */
    InFlightRequest another() {
      return enter(host, upstream, ids);
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        end(upstream);
      }
    }
  }
}
