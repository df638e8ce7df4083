package io.platform.kubernetes.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.platform.domain.BuildId;
import io.platform.domain.port.Unavailable;
import io.platform.kubernetes.FakeApiServer;
import io.platform.kubernetes.KubernetesAdapters;
import io.platform.kubernetes.desired.ContainerProgram;
import io.platform.kubernetes.desired.InstallationId;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The log lines that the operator reads while the API server is out of reach. */
@Timeout(180)
class ApiServerHealthTest {
  private final Lines lines = new Lines();
  @TempDir private Path directory;

  /** What the programs' own logging lets through of what is logged. */
  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final LoggerContext programs = new LoggerContext();
    private final BlockingQueue<ILoggingEvent> lines = new LinkedBlockingQueue<>();
    private final BlockingQueue<ILoggingEvent> leftOut = new LinkedBlockingQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      if (programs.getLogger(event.getLoggerName()).isEnabledFor(event.getLevel())) {
        lines.add(event);
      } else if (event.getThrowableProxy() != null) {
        leftOut.add(event);
      }
    }

    /** Waits until the client has written a stack trace that nobody wants to see. */
    void awaitLeftOut() throws InterruptedException {
      requireNonNull(leftOut.poll(60, TimeUnit.SECONDS), "nothing was left out");
    }

    String next() throws InterruptedException {
      ILoggingEvent line = requireNonNull(lines.poll(60, TimeUnit.SECONDS), "no line came");
      assertThat(line.getThrowableProxy()).as(line.getFormattedMessage()).isNull();
      return line.getFormattedMessage();
    }
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @BeforeEach
  void listen() throws Exception {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(lines.programs);
    configurator.doConfigure(requireNonNull(ApiServerHealthTest.class.getResource("/logback.xml")));
    lines.start();
    root().addAppender(lines);
    ((Logger) LoggerFactory.getLogger("io.platform")).setLevel(Level.INFO);
  }

  @AfterEach
  void stopListening() {
    root().detachAppender(lines);
    ((Logger) LoggerFactory.getLogger("io.platform")).setLevel(null);
  }

  private static ClusterConfig config(Path kubeconfig) {
    ContainerProgram program = ContainerProgram.of("none", "none");
    return ClusterConfig.of(
            new InstallationId("1hc0e2v7m9xk4", "platform", "platform-system"), program, program)
        .with(kubeconfig);
  }

  @Test
  void anOutageIsALineAtItsBeginningAndOneAtItsEnd() throws Exception {
    FakeApiServer api = new FakeApiServer(0);
    int port = api.port();
    try (KubernetesAdapters cluster = KubernetesAdapters.open(config(api.kubeconfig(directory)))) {
      cluster.builds().watch(event -> {});
      for (int outage = 0; outage < 2; outage++) {
        api.close();
        assertThat(lines.next()).startsWith("the Kubernetes API server does not answer (");
        assertThat(cluster.states().of(List.of())).isEmpty();
        api = new FakeApiServer(port);
        assertThat(lines.next()).isEqualTo("the Kubernetes API server answers again");
      }
      assertThat(List.copyOf(lines.lines)).isEmpty();
    } finally {
      api.close();
    }
  }

  @Test
  void anApiServerThatIsNotThereAtTheStartIsAskedUntilItIs() throws Exception {
    FakeApiServer api = new FakeApiServer(0);
    int port = api.port();
    Path kubeconfig = api.kubeconfig(directory);
    api.close();
    try (KubernetesAdapters cluster = KubernetesAdapters.open(config(kubeconfig))) {
      Thread start = Thread.ofVirtual().start(() -> cluster.builds().watch(event -> {}));
      assertThat(lines.next()).startsWith("the Kubernetes API server does not answer (");
      lines.awaitLeftOut();
      lines.awaitLeftOut();
      api = new FakeApiServer(port);
      start.join();
      assertThat(lines.next()).isEqualTo("the Kubernetes API server answers again");
      assertThat(List.copyOf(lines.lines)).isEmpty();
    } finally {
      api.close();
    }
  }

  @Test
  void whatCannotBeDoneMeanwhileIsASentence() throws Exception {
    FakeApiServer api = new FakeApiServer(0);
    try (KubernetesAdapters cluster = KubernetesAdapters.open(config(api.kubeconfig(directory)))) {
      cluster.builds().watch(event -> {});
      api.close();
      assertThatThrownBy(() -> cluster.builds().cancel(new BuildId("1hc0e2wbuild0")))
          .isInstanceOf(Unavailable.class)
          .hasMessageMatching(
              "the Kubernetes API server does not answer, or reports an error: [^\\[]+")
          .hasNoCause()
          .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    } finally {
      api.close();
    }
  }

  @Test
  void whatThePlatformItselfEndsIsNoOutage() throws Exception {
    FakeApiServer api = new FakeApiServer(0);
    try {
      KubernetesAdapters cluster = KubernetesAdapters.open(config(api.kubeconfig(directory)));
      api.silence();
      Thread asking =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  cluster.builds().cancel(new BuildId("1hc0e2wbuild0"));
                } catch (Unavailable e) {
                  // It is closed.
                }
              });
      api.awaitUnanswered();
      cluster.close();
      asking.join();
      assertThat(lines.lines).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    } finally {
      api.close();
    }
  }

  @Test
  void anApiServerThatTakesRequestsAndAnswersNoneDoesNotAnswer() throws Exception {
    FakeApiServer api = new FakeApiServer(0);
    try (KubernetesAdapters cluster = KubernetesAdapters.open(config(api.kubeconfig(directory)))) {
      api.silence();
      Thread asking =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  cluster.builds().cancel(new BuildId("1hc0e2wbuild0"));
                } catch (Unavailable e) {
                  // The test is over.
                }
              });
      assertThat(lines.next())
          .startsWith("the Kubernetes API server does not answer (no answer came in time); ");
      asking.interrupt();
    } finally {
      api.close();
    }
  }
}
