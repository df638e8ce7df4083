package io.platform.drain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.domain.App;
import io.platform.domain.DrainLimits;
import io.platform.domain.DrainUrl;
import io.platform.domain.InstanceId;
import io.platform.domain.LogDrain;
import io.platform.domain.port.LogDrains;
import io.platform.persistence.Fixture;
import io.platform.persistence.TestDatabase;
import io.platform.testing.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries to real receivers. */
@Timeout(120)
class DrainDeliveryTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @TempDir static Path keys;
  private static ServerKeys localhost;

  @TempDir Path data;
  private final NumberedLog log = new NumberedLog();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Fixture fixture;
  private App app;

  @BeforeAll
  static void makeKeys() throws Exception {
    localhost = ServerKeys.make(keys, "localhost");
  }

  @BeforeEach
  void start() throws Exception {
    fixture = opened(new Fixture(TestDatabase.SQLITE, data));
    app = fixture.app("shop");
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable part : open.reversed()) {
      part.close();
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.add(part);
    return part;
  }

  private static DrainConfig config() {
    return new DrainConfig(
        DrainConfig.Buffer.defaults(),
        new DrainConfig.Times(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofSeconds(30)),
        new DrainLimits(5, true),
        Optional.of(localhost.certificate()),
        true);
  }

  private DrainSupervisor supervisor(DrainConfig config) throws Exception {
    DrainSupervisor supervisor =
        new DrainSupervisor(
            config,
            new InstanceId(UUID.randomUUID().toString()),
            fixture.stores.drains(),
            fixture.signals,
            new DrainDeliveries(config, fixture.stores.apps(), log, InstantSource.system()),
            InstantSource.system());
    supervisor.start();
    return supervisor;
  }

  private LogDrain add(String url) throws Exception {
    LogDrains.Added added =
        fixture
            .stores
            .drains()
            .add(app.id(), DrainUrl.parse(url), "ada@example.com", DrainLimits.defaults());
    return ((LogDrains.Added.Drain) added).drain();
  }

  /** The progress of the only drain. */
  private LogDrain.Progress progress() {
    return fixture.stores.drains().of(app.id()).getFirst().progress();
  }

  private LogDrain.Progress progress(LogDrain drain) {
    return fixture.stores.drains().of(app.id()).stream()
        .filter(it -> it.id().equals(drain.id()))
        .findFirst()
        .orElseThrow()
        .progress();
  }

  private String awaitProblem() {
    return await()
        .atMost(TIMEOUT)
        .until(() -> progress().problem(), Optional::isPresent)
        .orElseThrow();
  }

  private static String next(BlockingQueue<String> queue) throws InterruptedException {
    return Optional.ofNullable(queue.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).orElseThrow();
  }

  private static List<String> texts(BlockingQueue<String> messages, int count)
      throws InterruptedException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String message = next(messages);
      texts.add(message.substring(message.indexOf(" - ") + 3));
    }
    return texts;
  }

  private static List<String> numbers(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(i -> "line " + i).toList();
  }

  @Test
  void sendsSyslogFromTheNewestLineOn() throws Exception {
    SyslogReceiver receiver = opened(SyslogReceiver.start(0, Optional.empty()));
    log.add("before the drain", Instant.now().minusSeconds(1));
    add("syslog://localhost:" + receiver.port());
    opened(supervisor(config()));

    log.add("näive ✓ \u001b[1mbold\u001b[0m");
    log.add("");

    assertThat(next(receiver.messages))
        .matches(
            "<190>1 \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z shop-acme\\.example\\.com shop web\\.1 app - näive ✓ \u001b\\[1mbold\u001b\\[0m");
    assertThat(next(receiver.messages)).endsWith(" web.1 app - ");
    await().atMost(TIMEOUT).until(() -> progress().delivered() == 2);
    assertThat(progress().deliveredAt()).isPresent();
  }

  @Test
  void reconnectsAndLosesNothingThatWasNotSent() throws Exception {
    int port = FreePort.find();
    SyslogReceiver first = SyslogReceiver.start(port, Optional.empty());
    add("syslog://localhost:" + port);
    opened(supervisor(config()));
    log.addNumbers(1, 10);
    assertThat(texts(first.messages, 10)).isEqualTo(numbers(1, 10));
    await().atMost(TIMEOUT).until(() -> progress().delivered() == 10);

    first.close();
    log.addNumbers(11, 300);
    assertThat(awaitProblem()).isEqualTo("localhost:%d accepts no connections.".formatted(port));
    SyslogReceiver second = opened(SyslogReceiver.start(port, Optional.empty()));

    assertThat(texts(second.messages, 290)).isEqualTo(numbers(11, 300));
    await().atMost(TIMEOUT).until(() -> progress().problem().isEmpty());
    assertThat(progress().dropped()).isZero();
  }

  @Test
  void sendsOverTlsToTheHostOfTheCertificateOnly() throws Exception {
    SyslogReceiver receiver = opened(SyslogReceiver.start(0, Optional.of(localhost.tls())));
    SyslogReceiver other =
        opened(
            SyslogReceiver.start(0, Optional.of(ServerKeys.make(keys, "elsewhere.example").tls())));
    add("syslog+tls://localhost:" + receiver.port());
    opened(supervisor(config()));
    log.addNumbers(1, 3);
    assertThat(texts(receiver.messages, 3)).isEqualTo(numbers(1, 3));

    fixture.stores.drains().remove(app.id(), fixture.stores.drains().of(app.id()).getFirst().id());
    add("syslog+tls://localhost:" + other.port());
    log.add("secret");

    assertThat(awaitProblem())
        .startsWith("localhost:%d has no valid TLS certificate".formatted(other.port()));
    assertThat(other.messages).isEmpty();
    log.add("not for one that was removed");
    assertThat(receiver.messages).noneMatch(line -> line.endsWith("was removed"));
  }

  @Test
  void postsJsonLinesWithTheUsersPassword() throws Exception {
    HttpsReceiver receiver = opened(new HttpsReceiver(localhost.tls()));
    add("https://ada:p%%40ss+word@localhost:%d/in?token=t0k3n".formatted(receiver.port()));
    opened(supervisor(config()));
    log.add("say \"hi\"\t✓");

    assertThat(next(receiver.lines))
        .matches(
            "\\{\"time\":\"[0-9T:.-]+Z\",\"app\":\"acme/shop\",\"source\":\"app\",\"process\":\"web.1\",\"text\":\"say \\\\\"hi\\\\\"\\\\t✓\"}");
    assertThat(receiver.requests)
        .containsExactly("POST /in?token=t0k3n application/x-ndjson Basic YWRhOnBAc3Mrd29yZA==");
  }

  @Test
  void repeatsWhatAnHttpsReceiverDidNotTakeAndLeavesOutWhatItRefuses() throws Exception {
    HttpsReceiver receiver = opened(new HttpsReceiver(localhost.tls()));
    receiver.statuses.addAll(List.of(503, 302, 500, 401));
    add("https://localhost:" + receiver.port());
    opened(supervisor(config()));
    log.add("line 1");
    assertThat(next(receiver.lines)).contains("line 1");
    assertThat(receiver.requests).hasSize(5);

    receiver.statuses.add(413);
    log.add("too much");
    await().atMost(TIMEOUT).until(() -> progress().dropped() == 1);
    assertThat(progress().problem())
        .hasValue(
            "localhost:%d refused lines: it answered with status 413.".formatted(receiver.port()));
    log.add("line 2");
    assertThat(next(receiver.lines)).contains("line 2");
    await().atMost(TIMEOUT).until(() -> progress().problem().isEmpty());
    assertThat(progress().delivered()).isEqualTo(2);
  }

  @Test
  void aFullBufferLeavesOutTheOldestLinesAndTellsHowMany() throws Exception {
    int port = FreePort.find();
    DrainConfig small =
        new DrainConfig(
            new DrainConfig.Buffer(10 * 220, 1, 1 << 20),
            config().times(),
            config().limits(),
            config().certificates(),
            true);
    add("syslog://localhost:" + port);
    opened(supervisor(small));
    log.add("line 1");
    assertThat(awaitProblem()).contains("accepts no connections");

    log.addNumbers(2, 100);
    await().atMost(TIMEOUT).until(() -> progress().dropping() > 0);
    await().atMost(TIMEOUT).until(() -> progress().dropping() == 89);
    SyslogReceiver receiver = opened(SyslogReceiver.start(port, Optional.empty()));

    assertThat(texts(receiver.messages, 2))
        .containsExactly(
            "line 1",
            "platform - 89 lines were left out here: the drain did not take them in time, or the log did not keep them.");
    assertThat(texts(receiver.messages, 10)).isEqualTo(numbers(91, 100));
    await().atMost(TIMEOUT).until(() -> progress().delivered() == 11);
    assertThat(progress().dropped()).isEqualTo(89);
    assertThat(progress().dropping()).isZero();
  }

  @Test
  void tellsWhatTheLogDidNotKeep() throws Exception {
    SyslogReceiver receiver = opened(SyslogReceiver.start(0, Optional.empty()));
    add("syslog://localhost:" + receiver.port());
    opened(supervisor(config()));
    log.add("line 1");
    assertThat(texts(receiver.messages, 1)).containsExactly("line 1");
    log.lose(7);
    log.add("line 9");
    assertThat(next(receiver.messages)).contains("<182>1 ").contains(" shop - platform - 7 lines");
    assertThat(texts(receiver.messages, 1)).containsExactly("line 9");
    await().atMost(TIMEOUT).until(() -> progress().dropped() == 7);
  }

  @Test
  void aReceiverThatReadsNothingIsLeftAndHoldsUpNobody() throws Exception {
    SyslogReceiver stalled = opened(SyslogReceiver.stalled());
    SyslogReceiver receiver = opened(SyslogReceiver.start(0, Optional.empty()));
    DrainConfig.Times times = config().times();
    DrainConfig impatient =
        new DrainConfig(
            new DrainConfig.Buffer(64 << 20, 500, 32 << 20),
            new DrainConfig.Times(
                times.connect(),
                Duration.ofMillis(300),
                times.retry(),
                times.look(),
                times.claim()),
            config().limits(),
            config().certificates(),
            true);
    LogDrain slow = add("syslog://localhost:" + stalled.port());
    add("syslog://localhost:" + receiver.port());
    opened(supervisor(impatient));

    String large = "x".repeat(100_000);
    for (int i = 0; i < 100; i++) {
      log.add(large);
    }
    log.add("the end");

    // A batch that a loaded machine does not take in time comes twice.
    String text = "";
    while (!text.endsWith("the end")) {
      text = next(receiver.messages);
    }
    Optional<String> problem =
        await().atMost(TIMEOUT).until(() -> progress(slow).problem(), Optional::isPresent);
    assertThat(problem.orElseThrow()).contains("is too slow: it took nothing for 0 s.");
    stalled.read();
    await().atMost(TIMEOUT).until(() -> progress(slow).delivered() == 101);
  }

  @Test
  void aReceiverWhoseAnswerNeverEndsIsTold() throws Exception {
    ServerSocket server = opened(tlsServer());
    Thread.ofVirtual().start(() -> answerForEver(server, new CountDownLatch(1)));
    DrainConfig.Times times = config().times();
    DrainConfig impatient =
        new DrainConfig(
            config().buffer(),
            new DrainConfig.Times(
                times.connect(), Duration.ofSeconds(1), times.retry(), times.look(), times.claim()),
            config().limits(),
            config().certificates(),
            true);
    add("https://localhost:" + server.getLocalPort());
    opened(supervisor(impatient));
    log.add("line 1");

    assertThat(awaitProblem())
        .isEqualTo("localhost:%d did not answer in time.".formatted(server.getLocalPort()));
  }

  @Test
  void aDeliveryThatIsStoppedIsNoProblemOfItsReceiver() throws Exception {
    ServerSocket server = opened(tlsServer());
    CountDownLatch answering = new CountDownLatch(1);
    Thread.ofVirtual().start(() -> answerForEver(server, answering));
    add("https://localhost:" + server.getLocalPort());
    DrainSupervisor supervisor = supervisor(config());
    log.add("line 1");
    assertThat(answering.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();

    supervisor.close();

    assertThat(progress().problem()).isEmpty();
  }

  @Test
  void whatIsOnItsWayWhenAllStopsIsNotSentAgain() throws Exception {
    HttpsReceiver receiver = opened(new HttpsReceiver(localhost.tls()));
    receiver.answering = new CountDownLatch(1);
    add("https://localhost:" + receiver.port());
    DrainSupervisor first = supervisor(config());
    log.add("line 1");
    assertThat(next(receiver.lines)).contains("line 1");

    Thread closing = Thread.ofVirtual().start(first::close);
    assertThat(log.left.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    receiver.answering.countDown();
    assertThat(closing.join(TIMEOUT)).isTrue();

    assertThat(progress().delivered()).isEqualTo(1);
    opened(supervisor(config()));
    log.add("line 2");
    assertThat(next(receiver.lines)).contains("line 2");
  }

  private static ServerSocket tlsServer() throws IOException {
    return localhost
        .tls()
        .getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** A byte of a header now and then. */
  private static void answerForEver(ServerSocket server, CountDownLatch answering) {
    try {
      OutputStream answer = server.accept().getOutputStream();
      answer.write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(US_ASCII));
      answering.countDown();
      while (true) {
        answer.write('x');
        answer.flush();
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException e) {
      // The connection is over.
    }
  }

  @Test
  void aReceiverThatSendsWithoutEndGetsItsLines() throws Exception {
    SyslogReceiver receiver = opened(SyslogReceiver.talking());
    add("syslog://localhost:" + receiver.port());
    opened(supervisor(config()));

    for (int i = 1; i <= 5; i++) {
      log.add("line " + i);
      assertThat(texts(receiver.messages, 1)).containsExactly("line " + i);
    }
  }

  @Test
  void goesOnAfterARestartWhereItWas() throws Exception {
    SyslogReceiver receiver = opened(SyslogReceiver.start(0, Optional.empty()));
    add("syslog://localhost:" + receiver.port());
    DrainSupervisor first = supervisor(config());
    log.addNumbers(1, 50);
    assertThat(texts(receiver.messages, 50)).isEqualTo(numbers(1, 50));
    await().atMost(TIMEOUT).until(() -> progress().delivered() == 50);
    first.close();

    log.addNumbers(51, 100);
    assertThat(receiver.messages).isEmpty();
    opened(supervisor(config()));

    assertThat(texts(receiver.messages, 50)).isEqualTo(numbers(51, 100));
    await().atMost(TIMEOUT).until(() -> progress().delivered() == 100);
  }

  @Test
  void oneProgramAtATimeDelivers() throws Exception {
    SyslogReceiver receiver = opened(SyslogReceiver.start(0, Optional.empty()));
    DrainConfig shared =
        new DrainConfig(
            config().buffer(), config().times(), config().limits(), config().certificates(), false);
    add("syslog://localhost:" + receiver.port());
    DrainSupervisor first = supervisor(shared);
    opened(supervisor(shared));
    log.addNumbers(1, 100);
    assertThat(texts(receiver.messages, 100)).isEqualTo(numbers(1, 100));
    await().atMost(TIMEOUT).until(() -> progress().delivered() == 100);
    first.close();
    log.addNumbers(101, 200);
    assertThat(texts(receiver.messages, 100)).isEqualTo(numbers(101, 200));
    await().atMost(TIMEOUT).until(() -> progress().delivered() == 200);
    Queue<String> more = receiver.messages;
    assertThat(more).isEmpty();
  }

  @Test
  void reachesNoAddressOfTheServerUnlessItMay() throws Exception {
    SyslogReceiver receiver = opened(SyslogReceiver.start(0, Optional.of(localhost.tls())));
    HttpsReceiver https = opened(new HttpsReceiver(localhost.tls()));
    DrainConfig outside =
        new DrainConfig(
            config().buffer(),
            config().times(),
            DrainLimits.defaults(),
            config().certificates(),
            true);
    opened(supervisor(outside));
    for (String url :
        List.of(
            "syslog://localhost:" + receiver.port(),
            "syslog+tls://localhost:" + receiver.port(),
            "https://localhost:" + https.port(),
            "https://127.0.0.1:" + https.port(),
            "https://[::1]:" + https.port(),
            "https://[::ffff:127.0.0.1]:" + https.port())) {
      LogDrain drain = add(url);
      log.add("for nobody inside");
      assertThat(awaitProblem()).as(url).contains("is not a public address");
      fixture.stores.drains().remove(app.id(), drain.id());
    }
    assertThat(receiver.messages).isEmpty();
    assertThat(https.requests).isEmpty();
  }
}
