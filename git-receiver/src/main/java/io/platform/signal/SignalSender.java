package io.platform.signal;

import io.platform.domain.port.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends signals to another process: one request at a time; signals that arrive meanwhile go into
 * the next, each topic once. What could not be told is replaced by {@link Topic.Anything}.
 */
final class SignalSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SignalSender.class);
  private static final int MOST_AT_ONCE = 1_000;
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final URI peer;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(CONNECT)
          .build();
  private final Set<Topic> waiting = new LinkedHashSet<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread = Thread.ofVirtual().name("signals").unstarted(this::work);
  private boolean closed;

  private SignalSender(URI peer) {
    this.peer = peer;
  }

  static SignalSender to(int port) {
    URI peer =
        URI.create("http://%s:%d%s".formatted(SignalEndpoint.ADDRESS, port, SignalEndpoint.PATH));
    SignalSender sender = new SignalSender(peer);
    sender.thread.start();
    return sender;
  }

  /** Returns at once; the other process hears of it soon, or is told to look at everything. */
  void send(Topic topic) {
    lock.lock();
    try {
      if (waiting.size() >= MOST_AT_ONCE) {
        waiting.clear();
        waiting.add(new Topic.Anything());
      }
      waiting.add(topic);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    boolean reached = true;
    try {
      while (!closedWithin(reached ? Duration.ZERO : PAUSE)) {
        Set<Topic> topics = take();
        if (topics.isEmpty()) {
          continue;
        }
        boolean delivered = post(topics);
        if (!delivered) {
          send(new Topic.Anything());
        }
        if (delivered != reached) {
          LOG.info(
              "the other process at {} {}", peer, delivered ? "is told again" : "is not reached");
        }
        reached = delivered;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Set<Topic> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.await();
      }
      Set<Topic> taken = new LinkedHashSet<>(waiting);
      waiting.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private boolean post(Set<Topic> topics) throws InterruptedException {
    String lines = topics.stream().map(Topic::line).collect(Collectors.joining("\n"));
    HttpRequest request =
        HttpRequest.newBuilder(peer).timeout(ANSWER).POST(BodyPublishers.ofString(lines)).build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 204;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean closedWithin(Duration limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = limit.toNanos();
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    client.shutdownNow();
  }
}
