package io.platform.process;

import static org.awaitility.Awaitility.await;

import io.platform.domain.port.RouteOptions;
import io.platform.domain.port.Traffic;
import io.platform.domain.port.Upstream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A table of routes, whose changes can be waited for. */
public final class RecordingTraffic implements Traffic {
  private final Map<String, InetSocketAddress> routes = new HashMap<>();
  private final Map<InetSocketAddress, CompletableFuture<Void>> busy = new HashMap<>();
  private final Map<String, Integer> withdrawals = new HashMap<>();
  private final Map<String, Set<Integer>> ports = new HashMap<>();

  @Override
  public synchronized void route(
      Set<String> hosts, List<Upstream> upstreams, RouteOptions options) {
    InetSocketAddress first = upstreams.getFirst().address();
    hosts.forEach(host -> routes.put(host, first));
    hosts.forEach(host -> ports.computeIfAbsent(host, h -> new HashSet<>()).add(first.getPort()));
    notifyAll();
  }

  @Override
  public synchronized void withdraw(Set<String> hosts) {
    hosts.forEach(routes::remove);
    hosts.forEach(host -> withdrawals.merge(host, 1, Integer::sum));
    notifyAll();
  }

  @Override
  public synchronized CompletionStage<Void> drained(Upstream upstream) {
    return busy.getOrDefault(upstream.address(), CompletableFuture.completedFuture(null));
  }

  /** Requests are in flight there until the returned future is completed. */
  public synchronized CompletableFuture<Void> occupy(InetSocketAddress target) {
    CompletableFuture<Void> free = new CompletableFuture<>();
    busy.put(target, free);
    return free;
  }

  public synchronized boolean leadsNowhere(String host) {
    return !routes.containsKey(host);
  }

  /** How often the host's traffic has been withdrawn so far. */
  public synchronized int withdrawals(String host) {
    return withdrawals.getOrDefault(host, 0);
  }

  /** Waits until requests for the host have gone to so many ports, whether or not they still do. */
  public void awaitPorts(String host, int count) {
    await().atMost(Duration.ofMinutes(2)).until(() -> portsOf(host).size() >= count);
  }

  private synchronized Set<Integer> portsOf(String host) {
    return Set.copyOf(ports.getOrDefault(host, Set.of()));
  }

  /** Waits until requests for the host go somewhere, and not to that port. */
  public synchronized InetSocketAddress awaitRoute(String host, int butNot) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      InetSocketAddress target = routes.get(host);
      if (target != null && target.getPort() != butNot) {
        return target;
      }
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new TimeoutException("no route of " + host);
      }
      wait(left);
    }
  }
}
