package io.platform.api.attach;

import io.javalin.websocket.WsContext;
import io.platform.commons.http.Problem;
import io.platform.commons.shutdown.LongRequests;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections of users to processes, which are pinged and looked after here. */
public final class ProcessSockets {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessSockets.class);

  private final SocketLimits limits;
  private final LongRequests requests;
  private final Set<ProcessSocket> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("process-sockets").factory());

  /**
   * None yet.
   *
   * @param requests tell when the server stops, which ends all connections
   */
  public ProcessSockets(SocketLimits limits, LongRequests requests) {
    this.limits = limits;
    this.requests = requests;
    long every = limits.ping().toMillis();
    ScheduledFuture<?> _ =
        clock.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
  }

  /**
   * A connection that was just made.
   *
   * @param over called once, when it has ended
   */
  public ProcessSocket add(WsContext ctx, ProcessSocket.Starter starter, Runnable over) {
    ctx.session.setMaxBinaryMessageSize(limits.messageBytes());
    ctx.session.setMaxTextMessageSize(0L + 1);
    ctx.session.setIdleTimeout(limits.silence().multipliedBy(2));
    CompletableFuture<ProcessSocket> self = new CompletableFuture<>();
    LongRequests.Request request = requests.begin(() -> self.join().stop());
    ProcessSocket socket =
        new ProcessSocket(
            ctx.session,
            limits,
            starter,
            () -> {
              open.remove(self.join());
              request.close();
              over.run();
            });
    open.add(socket);
    self.complete(socket);
    return socket;
  }

  /** Tells a client why its connection is not served, and ends it. */
  public static void refuse(WsContext ctx, Problem problem) {
    SocketSender sender = new SocketSender(ctx.session);
    try {
      sender.send(Channel.STATUS, ProcessSocket.refusal(problem));
    } catch (IOException e) {
      LOG.debug("a client that was refused has gone", e);
    }
    sender.close(ProcessSocket.NORMAL, "");
  }

  private void look() {
    for (ProcessSocket socket : open) {
      try {
        socket.look();
      } catch (RuntimeException e) {
        LOG.warn("a connection to a process could not be looked after", e);
      }
    }
  }
}
