package io.platform.slug.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Counts the requests in flight. The server's own stop now and then waits as long as it may where
 * none is left.
 */
final class InFlightRequests implements HttpHandler {
  private final HttpHandler handler;
  private final Phaser answers = new Phaser(1);

  InFlightRequests(HttpHandler handler) {
    this.handler = handler;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    answers.register();
    try {
      handler.handle(exchange);
    } finally {
      answers.arriveAndDeregister();
    }
  }

  /** Returns when all have ended, at the latest after the time. */
  void awaitEnd(int seconds) {
    try {
      answers.awaitAdvanceInterruptibly(answers.arrive(), seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException cut) {
      // The rest is cut off.
    }
  }
}
