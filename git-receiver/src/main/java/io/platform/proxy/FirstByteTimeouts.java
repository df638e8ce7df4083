package io.platform.proxy;

import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.CyclicTimeouts;
import org.eclipse.jetty.util.thread.Scheduler;

/** Aborts requests whose app does not begin to answer in time. One timer for all of them. */
final class FirstByteTimeouts extends CyclicTimeouts<FirstByteTimeouts.Wait> {
  private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
  private final long limitMillis;

  FirstByteTimeouts(Scheduler scheduler, Duration limit) {
    super(scheduler);
    this.limitMillis = limit.toMillis();
  }

  /**
   * A wait for the answer to this request; it begins with {@link Wait#start}, ends with {@link
   * Wait#end}, and they may come in either order.
   */
  Wait waitFor(Request request) {
    return new Wait(request);
  }

  @Override
  protected Iterator<Wait> iterator() {
    return waits.iterator();
  }

  @Override
  protected boolean onExpired(Wait wait) {
    var _ = wait.request.abort(new TimeoutException("no answer began in time"));
    return true;
  }

  final class Wait implements CyclicTimeouts.Expirable {
    private final Request request;
    private volatile long expires = Long.MAX_VALUE;
    private volatile boolean ended;

    private Wait(Request request) {
      this.request = request;
    }

    @Override
    public long getExpireNanoTime() {
      return expires;
    }

    void start() {
      expires = CyclicTimeouts.Expirable.calcExpireNanoTime(limitMillis);
      waits.add(this);
      if (ended) {
        waits.remove(this);
      } else {
        schedule(this);
      }
    }

    void end() {
      ended = true;
      waits.remove(this);
    }
  }
}
