package io.platform.commons.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that serve a client for long. When the server stops, each of them is told first and
 * has a short time to say so to its client, instead of being cut off in the middle.
 */
public final class LongRequests implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LongRequests.class);

  /** To tell the client, and again for those that had to be interrupted. */
  private static final Duration TIME_TO_TELL = Duration.ofSeconds(2);

  private final Set<Request> open = ConcurrentHashMap.newKeySet();
  private final Duration timeToTell;
  private volatile boolean stopping;

  /** None yet; each has two seconds to tell its client. */
  public LongRequests() {
    this(TIME_TO_TELL);
  }

  LongRequests(Duration timeToTell) {
    this.timeToTell = timeToTell;
  }

  /** One of them, until it is closed. */
  public final class Request implements AutoCloseable {
    private final Runnable tell;
    private final Optional<Thread> thread;

    private Request(Runnable tell, Optional<Thread> thread) {
      this.tell = tell;
      this.thread = thread;
    }

    private Thread tell() {
      return Thread.ofVirtual().name("tells of the stop").start(tell);
    }

    @Override
    public void close() {
      open.remove(this);
    }
  }

  /**
   * A request that begins, and is served by this thread to the end.
   *
   * @param wake called when the server stops: the thread is to look at {@link #check} soon. A
   *     thread that does not end is interrupted
   */
  public Request beginOnThisThread(Runnable wake) {
    return begin(new Request(wake, Optional.of(Thread.currentThread())));
  }

  /**
   * A request that begins.
   *
   * @param end called when the server stops: tells the client and ends the request
   */
  public Request begin(Runnable end) {
    return begin(new Request(end, Optional.empty()));
  }

  private Request begin(Request request) {
    open.add(request);
    if (stopping) {
      Thread _ = request.tell();
    }
    return request;
  }

  /** Whether the server stops. */
  public boolean stopping() {
    return stopping;
  }

  /** Throws where the server stops. */
  public void check() throws ServerStopping {
    if (stopping) {
      throw new ServerStopping();
    }
  }

  /** Tells all, and waits until they have ended, for a few seconds at most. */
  @Override
  public void close() {
    stopping = true;
    Set<Request> told = Set.copyOf(open);
    List<Thread> telling = told.stream().map(Request::tell).toList();
    Stream<Thread> serving = told.stream().flatMap(request -> request.thread.stream());
    List<Thread> left =
        BoundedStop.await(Stream.concat(telling.stream(), serving).toList(), timeToTell);
    if (!left.isEmpty() && !BoundedStop.stop(left, timeToTell)) {
      LOG.warn("{} requests are cut off", left.size());
    }
  }
}
