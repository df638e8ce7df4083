package io.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.auth.RunningAuth.Answer;
import io.platform.auth.account.AccountRefused;
import io.platform.auth.account.ThrottleConfig;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class ThrottleTest {

  private static final String WRONG = "not the password";

  private final TestDatabase database;
  @TempDir Path directory;
  private final TestClock clock = new TestClock();
  private RunningAuth server;

  ThrottleTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void start() throws AccountRefused {
    ThrottleConfig throttle = new ThrottleConfig(3, 8, Duration.ofMinutes(1), Duration.ofHours(1));
    server =
        RunningAuth.start(RunningAuth.config(database, directory).withThrottle(throttle), clock);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void makesNobodyWaitForATimeThatTheClockWasSetBackFrom() {
    failures(4, RunningAuth.ADMIN);
    clock.advance(Duration.ofDays(-1));

    assertThat(server.login(RunningAuth.ADMIN, RunningAuth.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void makesAnAccountWaitAfterTooManyFailures() {
    failures(4, RunningAuth.ADMIN);

    Answer answer = server.login(RunningAuth.ADMIN, RunningAuth.PASSWORD);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.text("error_description")).contains("1 s");
  }

  @Test
  void letsTheOwnerInAfterTheWaitAndForgets() {
    failures(4, RunningAuth.ADMIN);
    clock.advance(Duration.ofSeconds(1));

    assertThat(server.login(RunningAuth.ADMIN, RunningAuth.PASSWORD).status()).isEqualTo(200);
    failures(3, RunningAuth.ADMIN);
    assertThat(server.login(RunningAuth.ADMIN, RunningAuth.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void doublesTheWaitUpToTheLongest() {
    failures(4, RunningAuth.ADMIN);
    for (int seconds : new int[] {1, 2, 4, 8}) {
      clock.advance(Duration.ofSeconds(seconds));
      assertThat(server.login(RunningAuth.ADMIN, WRONG).status()).isEqualTo(400);
      assertThat(server.login(RunningAuth.ADMIN, WRONG).header("Retry-After"))
          .isEqualTo(Integer.toString(2 * seconds));
    }
  }

  @Test
  void doesNotTellUnknownAccountsByTheirWait() {
    failures(4, "nobody@localhost");

    assertThat(server.login("Nobody@Localhost", WRONG).status()).isEqualTo(429);
  }

  @Test
  void makesAnAddressWaitWhateverAccountsItTries() {
    for (int i = 0; i < 9; i++) {
      assertThat(server.login("user" + i + "@localhost", WRONG).status()).isEqualTo(400);
    }

    assertThat(server.login(RunningAuth.ADMIN, RunningAuth.PASSWORD).status()).isEqualTo(429);
  }

  /** Some proxies add the address as a field of their own, after those that the client sent. */
  @Test
  void takesTheAddressFromTheProxyAndNotFromTheClient() throws AccountRefused {
    server.close();
    AuthConfig config = RunningAuth.config(database, directory);
    ThrottleConfig throttle = new ThrottleConfig(3, 8, Duration.ofMinutes(1), Duration.ofHours(1));
    server =
        RunningAuth.start(
            new AuthConfig(
                config.issuer(),
                config.database(),
                config.tokens(),
                config.passwords(),
                throttle,
                true,
                config.requests()),
            clock);
    for (int i = 0; i < 9; i++) {
      assertThat(forwarded("user" + i + "@localhost", WRONG, "192.0.2." + i, "203.0.113.7"))
          .isEqualTo(400);
    }

    assertThat(forwarded(RunningAuth.ADMIN, RunningAuth.PASSWORD, "192.0.2.9", "203.0.113.7"))
        .isEqualTo(429);
    assertThat(forwarded(RunningAuth.ADMIN, RunningAuth.PASSWORD, "192.0.2.9", "203.0.113.8"))
        .isEqualTo(200);
  }

  private int forwarded(String email, String password, String... addresses) {
    HttpRequest.Builder request =
        server.form(
            "/oauth/token",
            "grant_type",
            "password",
            "client_id",
            "platform-cli",
            "username",
            email,
            "password",
            password);
    for (String address : addresses) {
      request.header("X-Forwarded-For", address);
    }
    return server.send(request).status();
  }

  @Test
  void looksAtNoMoreGuessesWhenManyComeAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> guesses =
          IntStream.range(0, 30)
              .<Callable<Integer>>mapToObj(
                  i -> () -> server.login(RunningAuth.ADMIN, WRONG).status())
              .toList();
      int looked = 0;
      for (Future<Integer> guess : threads.invokeAll(guesses)) {
        looked += guess.get() == 400 ? 1 : 0;
      }
      assertThat(looked).isEqualTo(4);
    }
  }

  @Test
  void survivesARestart() throws AccountRefused {
    failures(4, RunningAuth.ADMIN);
    server.close();
    start();

    assertThat(server.login(RunningAuth.ADMIN, RunningAuth.PASSWORD).status()).isEqualTo(429);
  }

  @Test
  void forgetsAfterAQuietTime() {
    failures(4, RunningAuth.ADMIN);
    clock.advance(Duration.ofHours(2));
    server.login("other@localhost", WRONG);

    long rows =
        database
            .rows(directory)
            .withHandle(
                h -> h.createQuery("select count(*) from login_failure").mapTo(Long.class).one());

    assertThat(rows).isEqualTo(2);
  }

  private void failures(int count, String email) {
    for (int i = 0; i < count; i++) {
      assertThat(server.login(email, WRONG).status()).isEqualTo(400);
    }
  }
}
