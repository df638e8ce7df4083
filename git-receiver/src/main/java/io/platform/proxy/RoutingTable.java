package io.platform.proxy;

import io.platform.domain.port.Traffic;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Which host goes where, and what is in flight. One lock for both: a request either counts for the
 * old target before {@link #route} returns, or goes to the new one.
 */
final class RoutingTable implements Traffic {
  private final Map<String, InetSocketAddress> targets = new HashMap<>();
  private final Map<InetSocketAddress, Load> loads = new HashMap<>();

  /** Lower case, without a final dot. */
  static String canonical(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  @Override
  public synchronized void route(Set<String> hosts, InetSocketAddress target) {
    if (target.isUnresolved()) {
      throw new IllegalArgumentException("target is not resolved: " + target);
    }
    hosts.forEach(host -> targets.put(canonical(host), target));
  }

  @Override
  public synchronized void withdraw(Set<String> hosts) {
    hosts.forEach(host -> targets.remove(canonical(host)));
  }

  @Override
  public synchronized CompletionStage<Void> drained(InetSocketAddress target) {
    Load load = loads.get(target);
    if (load == null) {
      return CompletableFuture.completedStage(null);
    }
    CompletableFuture<Void> empty = new CompletableFuture<>();
    load.waiting.add(empty);
    return empty.minimalCompletionStage();
  }

  /** Counts a new request for the host, until its flight is closed; empty where no app answers. */
  synchronized Optional<Flight> enter(String host) {
    return Optional.ofNullable(targets.get(host)).map(target -> begin(target, Optional.empty()));
  }

  /** Counts a new request to where an app stands. */
  synchronized Flight enter(Upstream upstream) {
    return begin(upstream.address(), Optional.of(upstream.release()));
  }

  private synchronized Flight begin(InetSocketAddress target, Optional<String> release) {
    loads.computeIfAbsent(target, _ -> new Load()).count++;
    return new Flight(target, release);
  }

  private void end(InetSocketAddress target) {
    List<CompletableFuture<Void>> waiting = leave(target);
    waiting.forEach(empty -> empty.complete(null));
  }

  private synchronized List<CompletableFuture<Void>> leave(InetSocketAddress target) {
    Load load = loads.get(target);
    if (load == null || --load.count > 0) {
      return List.of();
    }
    loads.remove(target);
    return load.waiting;
  }

  private static final class Load {
    private int count;
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
  }

  /** One request or upgraded connection on its way; closing it twice is harmless. */
  final class Flight implements AutoCloseable {
    private final InetSocketAddress target;
    private final Optional<String> release;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Flight(InetSocketAddress target, Optional<String> release) {
      this.target = target;
      this.release = release;
    }

    InetSocketAddress target() {
      return target;
    }

    /** Whose connections may be used; empty where the target itself tells. */
    Optional<String> release() {
      return release;
    }

    /**
     * A second flight to the same target, for what outlives the request: an upgraded connection.
     */
    Flight another() {
      return begin(target, release);
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        end(target);
      }
    }
  }
}
