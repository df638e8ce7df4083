package io.platform.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.platform.testing.SilentPort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SwitchingTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Test
  void usesNoConnectionOfAnEarlierReleaseBehindTheSameAddress() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    RawApp.Script script =
        (wire, seen) -> {
          int connection = connections.incrementAndGet();
          while (true) {
            wire.readHead();
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + connection);
          }
        };
    try (RawApp app = new RawApp(script);
        Front front = new Front()) {
      front.standing(app.port(), "v1");
      assertThat(front.get(Front.HOST, "/")).endsWith("\r\n1");
      assertThat(front.get(Front.HOST, "/")).endsWith("\r\n1");

      front.standing(app.port(), "v2");

      assertThat(front.get(Front.HOST, "/")).endsWith("\r\n2");
      assertThat(front.get(Front.HOST, "/")).endsWith("\r\n2");
    }
  }

  @Test
  void switchesReleasesUnderLoadWithoutAnError() throws Exception {
    Queue<String> errors = new ConcurrentLinkedQueue<>();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger answers = new AtomicInteger();
    try (Front front = new Front()) {
      HttpServer live = release(0);
      front.to(live.getAddress().getPort());
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String request =
            i % 2 == 0
                ? "GET / HTTP/1.1\r\nHost: shop-acme.localhost\r\n\r\n"
                : "POST / HTTP/1.1\r\nHost: shop-acme.localhost\r\nContent-Length: 5\r\n\r\nhello";
        clients.add(Thread.ofVirtual().start(() -> ask(front, request, stop, answers, errors)));
      }
      for (int version = 1; version <= 20; version++) {
        HttpServer next = release(version);
        int before = answers.get();
        front.to(next.getAddress().getPort());
        front
            .proxy()
            .drained(Front.target(live.getAddress().getPort()))
            .toCompletableFuture()
            .get();
        // As harsh as a kill: what is still open breaks at once.
        live.stop(0);
        live = next;
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .atMost(Duration.ofMinutes(1))
            .until(() -> answers.get() >= before + 50 || !errors.isEmpty());
      }
      stop.set(true);
      for (Thread client : clients) {
        client.join();
      }
      live.stop(0);
    }
    assertThat(errors).isEmpty();
  }

  @Test
  void requestsInFlightStayWhereTheyAre() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (RawApp old =
            new RawApp((wire, seen) -> {
              seen.add(wire.readHead());
              go.await();
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nold");
            });
        RawApp fresh = RawApp.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfresh");
        Front front = new Front().to(old.port());
        Wire wire = front.connect()) {
      wire.send("GET /slow HTTP/1.1\r\nHost: shop-acme.localhost\r\n\r\n");
      old.saw();
      front.to(fresh.port());
      CompletionStage<Void> drained = front.proxy().drained(Front.target(old.port()));
      assertThat(front.get(Front.HOST, "/")).endsWith("fresh");
      assertThat(drained.toCompletableFuture()).isNotDone();
      go.countDown();
      wire.readHead();
      assertThat(wire.readText(3)).isEqualTo("old");
      drained.toCompletableFuture().get();
    }
  }

  @Test
  void isDrainedAtOnceWhereNothingIsInFlight() throws Exception {
    try (RawApp app = RawApp.answering(OK);
        Front front = new Front().to(app.port());
        Wire wire = front.connect()) {
      assertThat(front.proxy().drained(Front.target(app.port())).toCompletableFuture()).isDone();
      wire.send("GET / HTTP/1.1\r\nHost: shop-acme.localhost\r\n\r\n");
      wire.readHead();
      // The kept connection of the client does not count, only its request.
      front.proxy().drained(Front.target(app.port())).toCompletableFuture().get();
    }
  }

  @Test
  void movesSeveralHostsTogetherAndLeavesOthers() throws Exception {
    try (RawApp one = RawApp.answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none");
        RawApp two = RawApp.answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ntwo");
        Front front = new Front().to(one.port())) {
      front.proxy().route(Set.of("a.localhost", "b.localhost"), List.of(Front.target(two.port())));
      assertThat(front.get("a.localhost", "/")).endsWith("two");
      assertThat(front.get("b.localhost", "/")).endsWith("two");
      assertThat(front.get(Front.HOST, "/")).endsWith("one");
      front.proxy().withdraw(Set.of("a.localhost"));
      assertThat(front.get("a.localhost", "/")).startsWith("HTTP/1.1 404");
      assertThat(front.get("b.localhost", "/")).endsWith("two");
    }
  }

  @Test
  void anAppOfSeveralProcessesIsAskedWhereTheFewestRequestsAreInFlight() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger busy = new AtomicInteger();
    AtomicInteger free = new AtomicInteger();
    Semaphore arrived = new Semaphore(0);
    try (RawApp first = holding(busy, arrived, go);
        RawApp second = holding(free, arrived, go);
        Front front = new Front().to(first.port(), second.port())) {
      List<Wire> clients = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        clients.add(front.connect().send("GET / HTTP/1.1\r\nHost: shop-acme.localhost\r\n\r\n"));
        arrived.acquire();
      }
      assertThat(busy.get()).isEqualTo(5);
      assertThat(free.get()).isEqualTo(5);
      front.to(second.port());
      CompletionStage<Void> drained = front.proxy().drained(Front.target(first.port()));
      assertThat(drained.toCompletableFuture()).isNotDone();
      go.countDown();
      for (Wire client : clients) {
        assertThat(client.readHead()).startsWith("HTTP/1.1 200");
        client.close();
      }
      drained.toCompletableFuture().get();
    }
  }

  @Test
  void aRequestThatAProcessDoesNotAcceptGoesToAnotherOne() throws Exception {
    try (SilentPort gone = new SilentPort();
        RawApp lives = RawApp.answering(OK);
        Front front = new Front().to(gone.number(), lives.port())) {
      for (int i = 0; i < 4; i++) {
        assertThat(front.get(Front.HOST, "/")).startsWith("HTTP/1.1 200");
        assertThat(
                front.exchange(
                    "DELETE / HTTP/1.1\r\nHost: shop-acme.localhost\r\nConnection: close\r\n\r\n"))
            .startsWith("HTTP/1.1 200");
      }
      assertThat(front.proxy().drained(Front.target(gone.number())).toCompletableFuture()).isDone();
      front.to(gone.number());
      assertThat(front.get(Front.HOST, "/")).startsWith("HTTP/1.1 503");
    }
  }

  @Test
  void aBodyOfWhichNothingWasSentGoesToAnotherProcessWhole() throws Exception {
    try (SilentPort gone = new SilentPort();
        RawApp lives =
            new RawApp((wire, seen) -> {
              String head = wire.readHead();
              seen.add(head.contains("chunked") ? wire.readUntil("0\r\n\r\n") : wire.readText(11));
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            });
        Front front = new Front().to(gone.number(), lives.port())) {
      for (int i = 0; i < 4; i++) {
        assertThat(
                front.exchange(
                    "POST / HTTP/1.1\r\nHost: shop-acme.localhost\r\nContent-Length: 11\r\nConnection: close\r\n\r\nhello world"))
            .startsWith("HTTP/1.1 200");
        assertThat(lives.saw()).isEqualTo("hello world");
        assertThat(
                front.exchange(
                    "POST / HTTP/1.1\r\nHost: shop-acme.localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n0\r\n\r\n"))
            .startsWith("HTTP/1.1 200");
        assertThat(lives.saw()).contains("5\r\nhello\r\n");
      }
      front.to(gone.number());
      assertThat(
              front.exchange(
                  "POST / HTTP/1.1\r\nHost: shop-acme.localhost\r\nContent-Length: 11\r\nConnection: close\r\n\r\nhello world"))
          .startsWith("HTTP/1.1 503");
    }
  }

  @Test
  void processesThatDoNothingTakeTurns() throws Exception {
    AtomicInteger first = new AtomicInteger();
    AtomicInteger second = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(0);
    try (RawApp one = holding(first, new Semaphore(0), go);
        RawApp two = holding(second, new Semaphore(0), go);
        Front front = new Front().to(one.port(), two.port())) {
      for (int i = 0; i < 10; i++) {
        front.get(Front.HOST, "/");
      }
    }
    assertThat(first.get()).isEqualTo(5);
    assertThat(second.get()).isEqualTo(5);
  }

  /** Counts its requests, and answers them when it may. */
  private static RawApp holding(AtomicInteger asked, Semaphore arrived, CountDownLatch go)
      throws IOException {
    return new RawApp((wire, seen) -> {
      seen.add(wire.readHead());
      asked.incrementAndGet();
      arrived.release();
      go.await();
      wire.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });
  }

  private static HttpServer release(int version) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] answer = ("v" + version).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(answer);
          }
        });
    server.start();
    return server;
  }

  private static void ask(
      Front front,
      String request,
      AtomicBoolean stop,
      AtomicInteger answers,
      Queue<String> errors) {
    try (Wire wire = front.connect()) {
      while (!stop.get()) {
        wire.send(request);
        String head = wire.readHead();
        if (!head.startsWith("HTTP/1.1 200") || !wire.readUntil("v").equals("v")) {
          errors.add(head);
          return;
        }
        int length =
            Integer.parseInt(
                head.replaceAll(
                    "(?s).*Content-length: (\\d+).*|.*Content-Length: (\\d+).*", "$1$2"));
        wire.readText(length - 1);
        answers.incrementAndGet();
      }
    } catch (IOException failed) {
      errors.add(String.valueOf(failed.getMessage()));
    }
  }
}
