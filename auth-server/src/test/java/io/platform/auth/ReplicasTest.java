package io.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.platform.auth.account.AccountRefused;
import io.platform.auth.account.ThrottleConfig;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Several servers behind one address, on one database. */
@ParameterizedClass
@EnumSource
final class ReplicasTest {

  private static final URI URL = URI.create("https://platform.example.com");

  private final TestDatabase database;
  @TempDir Path directory;
  private final TestClock clock = new TestClock();
  private RunningAuth one;
  private RunningAuth two;

  ReplicasTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void start() throws AccountRefused {
    one = replica();
    two = replica();
  }

  private RunningAuth replica() throws AccountRefused {
    ThrottleConfig throttle = new ThrottleConfig(4, 50, Duration.ofMinutes(1), Duration.ofHours(1));
    RunningAuth replica =
        RunningAuth.start(RunningAuth.config(database, directory).withThrottle(throttle), clock);
    replica.auth.issuer(URL);
    return replica;
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
  }

  private static String kid(String token) {
    try {
      return SignedJWT.parse(token).getHeader().getKeyID();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private static int keys(RunningAuth replica) {
    return replica.send(replica.to("/oauth/jwks")).json().path("keys").size();
  }

  @Test
  void aLoginAtOneIsGoodAtTheOther() {
    assertThat(two.isActive(one.adminToken())).isTrue();
    assertThat(one.isActive(two.adminToken())).isTrue();
    assertThat(kid(one.adminToken())).isEqualTo(kid(two.adminToken()));
  }

  @Test
  void aLogoutAtOneIsSeenByTheOtherAtOnce() {
    String token = one.adminToken();
    one.send(one.form("/oauth/revoke", "token", token, "client_id", "platform-cli"));
    assertThat(two.isActive(token)).isFalse();
  }

  @Test
  void anAccountAndAPasswordOfOneAreKnownToTheOther() throws AccountRefused {
    String jane = one.newUser("jane@example.com");
    assertThat(two.get("/auth/v1/namespaces", jane).status()).isEqualTo(200);
    two.auth.resetPassword("jane@example.com", "another good password");
    assertThat(one.isActive(jane)).isFalse();
    assertThat(one.login("jane@example.com", RunningAuth.PASSWORD).status()).isEqualTo(400);
  }

  @Test
  void aKeyIsRotatedForAll() {
    String before = two.adminToken();
    one.auth.rotateKeys();
    String after = two.adminToken();
    assertThat(kid(after)).isNotEqualTo(kid(before));
    assertThat(one.isActive(before)).isTrue();
    assertThat(one.isActive(after)).isTrue();
    assertThat(keys(two)).isEqualTo(2);
  }

  @Test
  void manyLoginsAtTheAgeOfAKeyMakeOneNewKey() throws Exception {
    one.adminToken();
    clock.advance(Duration.ofDays(91));
    Set<String> kids = new HashSet<>();
    for (String token : atOnce(12, RunningAuth::adminToken)) {
      kids.add(kid(token));
    }
    assertThat(kids).hasSize(1);
    assertThat(keys(one)).isEqualTo(2);
  }

  @Test
  void guessesAtBothCountTogether() throws Exception {
    List<Integer> answers =
        atOnce(12, replica -> replica.login(RunningAuth.ADMIN, "not the password").status());
    assertThat(answers).filteredOn(status -> status == 400).hasSize(5);
    assertThat(answers).filteredOn(status -> status == 429).hasSize(7);
    assertThat(two.login(RunningAuth.ADMIN, RunningAuth.PASSWORD).status()).isEqualTo(429);
  }

  @Test
  void aNameIsGivenOnce() throws Exception {
    String body = "{\"email\":\"jane@example.com\",\"password\":\"a good password\"}";
    List<Integer> answers =
        atOnce(
            8,
            replica ->
                replica.call("POST", "/auth/v1/accounts", replica.adminToken(), body).status());
    assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
    assertThat(answers).filteredOn(status -> status == 409).hasSize(7);
  }

  @Test
  void logoutsAtBothDoNotHoldEachOtherUp() throws Exception {
    List<Integer> answers =
        atOnce(
            12,
            replica -> {
              String token = replica.adminToken();
              return replica
                  .send(replica.form("/oauth/revoke", "token", token, "client_id", "platform-cli"))
                  .status();
            });
    assertThat(answers).containsOnly(200);
  }

  private interface Act<T> {
    T at(RunningAuth replica);
  }

  private <T> List<T> atOnce(int count, Act<T> act) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        RunningAuth replica = i % 2 == 0 ? one : two;
        futures.add(threads.submit(() -> act.at(replica)));
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> each : futures) {
        answers.add(each.get());
      }
      return answers;
    }
  }
}
