package io.platform.commons.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.javalin.Javalin;
import io.javalin.http.Handler;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The answers to clients whose handler failed. */
class ProblemsTest {
  private static HttpResponse<String> answer(Handler handler) throws Exception {
    Javalin server =
        Javalin.create(config -> {
          new Problems(ServerName.PLATFORM).register(config);
          config.jetty.host = "127.0.0.1";
          config.routes.get("/", handler);
        });
    server.start(0);
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI url = URI.create("http://127.0.0.1:" + server.port() + "/");
      return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    } finally {
      server.stop();
    }
  }

  private static void fillDatabase() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA max_page_count = 2");
      statement.execute("CREATE TABLE t (b BLOB)");
      statement.execute("INSERT INTO t VALUES (zeroblob(100000))");
    }
  }

  @Test
  void saysThatTheDatabasesDiskIsFull() throws Exception {
    HttpResponse<String> answer = answer(ctx -> fillDatabase());
    assertThat(answer.statusCode()).isEqualTo(507);
    assertThat(answer.body())
        .contains("The disk of the platform's server is full, and nothing was changed.");
  }

  /** The one device of Linux that is always full. */
  @Test
  void saysThatAFilesDiskIsFull() throws Exception {
    HttpResponse<String> answer =
        answer(ctx -> {
          try (FileOutputStream full = new FileOutputStream("/dev/full")) {
            full.write(1);
          }
        });
    assertThat(answer.statusCode()).isEqualTo(507);
  }

  @Test
  void cutsAnAnswerThatBreaksOffAndLogsOneLineWithoutItsKey() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    ConcurrentLog log = new ConcurrentLog();
    log.start();
    root.addAppender(log);
    try {
      assertThatThrownBy(() ->
              answer(ctx -> {
                ctx.res().getOutputStream().write(1);
                ctx.res().flushBuffer();
                throw new IOException("the object secret-key is not there");
              }))
          .isInstanceOf(IOException.class);
    } finally {
      root.detachAppender(log);
    }
    assertThat(log.events)
        .filteredOn(event -> event.getLoggerName().equals(Problems.class.getName()))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getFormattedMessage()).startsWith("GET / broke off: IOException at ");
          assertThat(event.getFormattedMessage()).doesNotContain("secret-key");
        });
    assertThat(log.events).noneMatch(event -> event.getThrowableProxy() != null);
  }

  private static final class ConcurrentLog extends AppenderBase<ILoggingEvent> {
    private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      events.add(event);
    }
  }

  @Test
  void keepsTheCauseOfAnErrorOfItsOwnToItself() throws Exception {
    HttpResponse<String> answer =
        answer(ctx -> {
          throw new IllegalStateException("secret");
        });
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("an error of its own").doesNotContain("secret");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }
}
