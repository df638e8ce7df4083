package io.platform.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.AppId;
import io.platform.domain.BuildId;
import io.platform.domain.port.Topic;
import io.platform.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PeerSignalsTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Topic BUILD = new Topic.BuildChanged(new BuildId("b1"));
  private static final Topic APP = new Topic.AppChanged(new AppId("a1"));

  /** Two processes that know each other's ports. */
  private record Pair(PeerSignals receiver, PeerSignals deployer) implements AutoCloseable {
    static Pair open() throws Exception {
      return FreePort.start(deployerPort -> {
        PeerSignals receiver = PeerSignals.open(0, deployerPort);
        try {
          return new Pair(receiver, PeerSignals.open(deployerPort, receiver.port()));
        } catch (IOException e) {
          receiver.close();
          throw e;
        }
      });
    }

    @Override
    public void close() {
      deployer.close();
      receiver.close();
    }
  }

  private static ServerSocket loopback() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static BlockingQueue<Topic> heardBy(PeerSignals process) {
    BlockingQueue<Topic> heard = new LinkedBlockingQueue<>();
    process.listen(heard::add);
    return heard;
  }

  private static Topic next(BlockingQueue<Topic> heard) throws InterruptedException {
    Topic topic = heard.poll(LONG.toSeconds(), TimeUnit.SECONDS);
    assertThat(topic).isNotNull();
    return topic;
  }

  @Test
  void wakesThoseHereAndThoseInTheOtherProcess() throws Exception {
    try (Pair pair = Pair.open()) {
      PeerSignals receiver = pair.receiver();
      PeerSignals deployer = pair.deployer();
      var here = receiver.ticket(BUILD);
      var there = deployer.ticket(BUILD);
      var another = deployer.ticket(APP);

      receiver.raise(BUILD);

      assertThat(here.await(Duration.ZERO)).isTrue();
      assertThat(there.await(LONG)).isTrue();
      assertThat(another.await(Duration.ZERO)).isFalse();
    }
  }

  @Test
  void tellsNothingBackToTheOneThatSaidIt() throws Exception {
    try (Pair pair = Pair.open()) {
      PeerSignals receiver = pair.receiver();
      PeerSignals deployer = pair.deployer();
      BlockingQueue<Topic> here = heardBy(receiver);
      BlockingQueue<Topic> there = heardBy(deployer);

      receiver.raise(BUILD);
      assertThat(next(there)).isEqualTo(BUILD);
      deployer.raise(APP);
      assertThat(next(here)).isEqualTo(BUILD);
      assertThat(next(here)).isEqualTo(APP);
      assertThat(next(there)).isEqualTo(APP);
      assertThat(here).isEmpty();
      assertThat(there).isEmpty();
    }
  }

  @Test
  void allThatIsRaisedFastArrives() throws Exception {
    try (Pair pair = Pair.open()) {
      PeerSignals receiver = pair.receiver();
      PeerSignals deployer = pair.deployer();
      BlockingQueue<Topic> there = heardBy(deployer);
      Set<Topic> missing = new HashSet<>();
      for (int i = 0; i < 500; i++) {
        Topic topic = new Topic.BuildChanged(new BuildId("b" + i));
        missing.add(topic);
        receiver.raise(topic);
      }
      while (!missing.isEmpty()) {
        missing.remove(next(there));
      }
    }
  }

  @Test
  void wakesEverybodyOnceTheOtherProcessIsThere() throws Exception {
    ServerSocket brief = loopback();
    int deployerPort = brief.getLocalPort();
    try (PeerSignals receiver = PeerSignals.open(0, deployerPort)) {
      try (brief) {
        receiver.raise(BUILD);
        brief.accept().close();
      }
      BlockingQueue<Topic> heard = new LinkedBlockingQueue<>();
      try (SignalEndpoint deployer = SignalEndpoint.open(deployerPort, heard::add)) {
        assertThat(next(heard)).isEqualTo(new Topic.Anything());
        receiver.raise(APP);
        assertThat(next(heard)).isEqualTo(APP);
        assertThat(deployer.port()).isEqualTo(deployerPort);
      }
    }
  }

  @Test
  void isNotHeldUpByAProcessThatDoesNotAnswer() throws Exception {
    try (ServerSocket silent = loopback();
        PeerSignals receiver = PeerSignals.open(0, silent.getLocalPort())) {
      BlockingQueue<Topic> here = heardBy(receiver);
      List<Topic> raised = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        Topic topic = new Topic.BuildChanged(new BuildId("b" + i));
        raised.add(topic);
        receiver.raise(topic);
      }
      assertThat(here).containsExactlyElementsOf(raised);
    }
  }

  @Test
  void takesNothingButTopics() throws Exception {
    try (ServerSocket silent = loopback();
        PeerSignals receiver = PeerSignals.open(0, silent.getLocalPort());
        HttpClient client = HttpClient.newHttpClient()) {
      BlockingQueue<Topic> here = heardBy(receiver);
      URI url = URI.create("http://127.0.0.1:%d/internal/signals".formatted(receiver.port()));
      HttpRequest post =
          HttpRequest.newBuilder(url)
              .POST(BodyPublishers.ofString("build\nrelease r1\nbuild a b\n\napp a1\n"))
              .build();
      assertThat(client.send(post, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
      HttpRequest large =
          HttpRequest.newBuilder(url).POST(BodyPublishers.ofByteArray(new byte[1 << 20])).build();
      assertThat(client.send(large, BodyHandlers.discarding()).statusCode()).isEqualTo(413);
      assertThat(here).containsExactly(APP);
    }
  }

  @Test
  void topicsAreLines() {
    for (Topic topic : List.of(BUILD, APP, new Topic.Anything())) {
      assertThat(Topic.ofLine(topic.line())).contains(topic);
    }
  }
}
