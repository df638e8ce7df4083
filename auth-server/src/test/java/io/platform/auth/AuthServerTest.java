package io.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.auth.RunningAuth.Answer;
import io.platform.auth.account.Account;
import io.platform.auth.account.AccountRefused;
import io.platform.commons.settings.ListenAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class AuthServerTest {

  private final TestDatabase database;
  @TempDir Path directory;

  AuthServerTest(TestDatabase database) {
    this.database = database;
  }

  @Test
  void makesOneAdministratorWhenManyStartAtOnce() throws Exception {
    AtomicInteger passwords = new AtomicInteger();
    Callable<Boolean> start =
        () -> {
          try (AuthServer auth = AuthServer.open(RunningAuth.config(database, directory))) {
            Optional<Account> first =
                auth.firstAdministrator(
                    "admin@localhost",
                    "admin",
                    () -> "password number " + passwords.incrementAndGet());
            return first.isPresent();
          }
        };
    try (var threads = Executors.newFixedThreadPool(6)) {
      List<Future<Boolean>> starts = threads.invokeAll(Collections.nCopies(6, start));
      int made = 0;
      for (Future<Boolean> each : starts) {
        made += each.get() ? 1 : 0;
      }
      assertThat(made).isEqualTo(1);
      assertThat(passwords).hasValue(1);
    }
    try (RunningAuth server = RunningAuth.in(database, directory)) {
      assertThat(server.login("admin@localhost", "password number 1").status()).isEqualTo(200);
      assertThat(server.send(server.to("/oauth/jwks")).json().path("keys").size()).isEqualTo(1);
    }
  }

  @Test
  void makesNoAdministratorWhoseNameOrPasswordBreaksTheRules() throws AccountRefused {
    try (AuthServer auth = AuthServer.open(RunningAuth.config(database, directory))) {
      assertThatThrownBy(() -> auth.firstAdministrator("admin@localhost", "admin", () -> "short"))
          .isInstanceOf(AccountRefused.class);
      assertThatThrownBy(
              () -> auth.firstAdministrator("admin@localhost", "api", () -> "long enough"))
          .isInstanceOf(AccountRefused.class);
      assertThat(auth.firstAdministrator("admin@localhost", "admin", () -> "long enough"))
          .isPresent();
      assertThat(auth.firstAdministrator("root@localhost", "root", () -> "long enough")).isEmpty();
    }
  }

  @Test
  void answers503UntilItKnowsItsUrl() throws IOException {
    AuthServer auth = AuthServer.open(RunningAuth.config(database, directory));
    try (StandaloneAuthServer http =
            StandaloneAuthServer.start(auth, new ListenAddress("127.0.0.1"), 0);
        StatusClient client = new StatusClient("http://localhost:" + http.port())) {
      assertThat(client.status("/.well-known/oauth-authorization-server")).isEqualTo(503);
      auth.issuer(URI.create("http://localhost:" + http.port() + "/"));
      assertThat(client.status("/.well-known/oauth-authorization-server")).isEqualTo(200);
    }
  }

  @Test
  void describesItselfAsRfc8414HasIt() throws AccountRefused {
    try (RunningAuth server = RunningAuth.in(database, directory)) {
      Answer answer = server.send(server.to("/.well-known/oauth-authorization-server"));

      assertThat(answer.text("issuer")).isEqualTo(server.url);
      assertThat(answer.text("token_endpoint")).isEqualTo(server.url + "/oauth/token");
      assertThat(answer.text("introspection_endpoint")).isEqualTo(server.url + "/oauth/introspect");
      assertThat(answer.text("revocation_endpoint")).isEqualTo(server.url + "/oauth/revoke");
      assertThat(answer.text("jwks_uri")).isEqualTo(server.url + "/oauth/jwks");
      assertThat(answer.json().path("response_types_supported").isArray()).isTrue();
    }
  }

  @Test
  void refusesATokenOfAnEarlierUrl() throws AccountRefused {
    try (RunningAuth server = RunningAuth.in(database, directory)) {
      String token = server.adminToken();
      server.auth.issuer(URI.create("https://platform.example.com"));
      assertThat(server.isActive(token)).isFalse();
    }
  }

  @Test
  void keepsAccountsKeysAndTokensAcrossARestart() throws AccountRefused {
    AuthConfig config = RunningAuth.config(database, directory);
    String token;
    try (RunningAuth server = RunningAuth.start(config, Clock.systemUTC())) {
      server.auth.issuer(URI.create("https://platform.example.com"));
      token = server.adminToken();
    }
    try (RunningAuth server = RunningAuth.start(config, Clock.systemUTC())) {
      server.auth.issuer(URI.create("https://platform.example.com"));
      assertThat(server.isActive(token)).isTrue();
    }
  }

  @Test
  void changesTheSecretOfAClient() throws AccountRefused {
    try (RunningAuth server = RunningAuth.in(database, directory)) {
      server.auth.provisionClient("git-receiver", "another secret of thirty-two characters");
      assertThat(server.introspect("x").status()).isEqualTo(401);
      assertThatThrownBy(() -> server.auth.provisionClient("git-receiver", "short"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("short\"");
    }
  }

  @Test
  void refusesAUrlThatIsNoBase() {
    try (AuthServer auth = AuthServer.open(RunningAuth.config(database, directory))) {
      for (String url :
          new String[] {"ftp://x", "http://x/path", "http://x?y", "//x", "http://u:p@x"}) {
        assertThatThrownBy(() -> auth.issuer(URI.create(url)))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }
}
