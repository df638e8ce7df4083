package io.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.commons.database.DatabaseConfig;
import io.platform.commons.settings.InvalidSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuthMainTest {

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void readsDefaults() throws Exception {
    ServerConfig config =
        ServerConfig.from(
            Map.of(
                "PLATFORM_AUTH_ISSUER", "https://platform.example.com/",
                "PLATFORM_AUTH_DATABASE_URL", "jdbc:sqlite:/tmp/x.db"));

    assertThat(config.port()).isEqualTo(8081);
    assertThat(config.listen().host()).isEqualTo("127.0.0.1");
    assertThat(config.auth().issuer().map(Object::toString))
        .contains("https://platform.example.com");
    assertThat(config.auth().tokens().lifetime()).isEqualTo(Duration.ofDays(30));
    assertThat(config.auth().passwords().memoryKib()).isEqualTo(19_456);
    assertThat(config.auth().throttle().perAccount()).isEqualTo(10);
    assertThat(config.receiverSecret()).isEmpty();
  }

  @Test
  void readsEverySetting() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), RunningAuth.SECRET + "\n");
    ServerConfig config =
        ServerConfig.from(
            Map.ofEntries(
                Map.entry("PLATFORM_AUTH_ISSUER", "https://platform.example.com"),
                Map.entry("PLATFORM_AUTH_HOST", "0.0.0.0"),
                Map.entry("PLATFORM_AUTH_PORT", "9000"),
                Map.entry("PLATFORM_AUTH_DATABASE_URL", "jdbc:postgresql://db/auth"),
                Map.entry("PLATFORM_AUTH_DATABASE_USER", "auth"),
                Map.entry("PLATFORM_AUTH_DATABASE_PASSWORD", "hidden"),
                Map.entry("PLATFORM_AUTH_TOKEN_LIFETIME", "12h"),
                Map.entry("PLATFORM_AUTH_KEY_AGE", "7d"),
                Map.entry("PLATFORM_AUTH_PASSWORD_MINIMUM", "12"),
                Map.entry("PLATFORM_AUTH_ARGON2_ITERATIONS", "3"),
                Map.entry("PLATFORM_AUTH_FAILURES_PER_ADDRESS", "70"),
                Map.entry("PLATFORM_AUTH_FAILURES_LONGEST_WAIT", "30m"),
                Map.entry("PLATFORM_AUTH_FORWARDED_FOR", "true"),
                Map.entry("PLATFORM_AUTH_RECEIVER_SECRET_FILE", secret.toString())));

    assertThat(config.port()).isEqualTo(9000);
    assertThat(config.auth().tokens().lifetime()).isEqualTo(Duration.ofHours(12));
    assertThat(config.auth().tokens().keyAge()).isEqualTo(Duration.ofDays(7));
    assertThat(config.auth().passwords().minimumLength()).isEqualTo(12);
    assertThat(config.auth().passwords().iterations()).isEqualTo(3);
    assertThat(config.auth().throttle().perAddress()).isEqualTo(70);
    assertThat(config.auth().throttle().longestWait()).isEqualTo(Duration.ofMinutes(30));
    assertThat(config.auth().forwardedFor()).isTrue();
    assertThat(config.receiverSecret()).contains(RunningAuth.SECRET);
    assertThat(config.toString() + config.auth())
        .doesNotContain("hidden")
        .doesNotContain(RunningAuth.SECRET);
  }

  @Test
  void namesAllThatIsWrongAtOnce() {
    Map<String, String> environment =
        Map.of(
            "PLATFORM_AUTH_ISSUER", "platform.example.com",
            "PLATFORM_AUTH_PORT", "eighty",
            "PLATFORM_AUTH_TOKEN_LIFETIME", "P30D",
            "PLATFORM_AUTH_ARGON2_MEMORY_KIB", "1",
            "PLATFORM_AUTH_FORWARDED_FOR", "perhaps",
            "PLATFORM_AUTH_RECEIVER_SECRET", "too short to be good",
            "PLATFORM_AUTH_ADMIN_EMAIL", "admin@example.com");

    assertThatThrownBy(() -> ServerConfig.from(environment))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("1. ")
        .hasMessageContaining("8. ")
        .hasMessageContaining(
            "PLATFORM_AUTH_ISSUER must be a URL such as https://platform.example.com, not 'platform.example.com'; it must begin with http:// or https://")
        .hasMessageContaining(
            "PLATFORM_AUTH_PORT must be a whole number from 0 to 65535, not 'eighty'")
        .hasMessageContaining("PLATFORM_AUTH_DATABASE_URL is not set")
        .hasMessageContaining("PLATFORM_AUTH_TOKEN_LIFETIME must be a time")
        .hasMessageContaining(
            "ARGON2_… cannot be used: the memory is not between 8 KiB a lane and 1 GiB")
        .hasMessageContaining("PLATFORM_AUTH_FORWARDED_FOR")
        .hasMessageContaining("PLATFORM_AUTH_RECEIVER_SECRET must be at least 32 characters long")
        .hasMessageContaining("PLATFORM_AUTH_ADMIN_PASSWORD")
        .hasMessageNotContaining("too short to be good");
    assertThat(run(environment, "")).isEqualTo(2);
    assertThat(output()).contains("The auth server does not start");
  }

  @Test
  void servesWithItsFirstAdministratorAndReceiver() throws Exception {
    Map<String, String> environment =
        Map.of(
            "PLATFORM_AUTH_ISSUER", "https://platform.example.com",
            "PLATFORM_AUTH_PORT", "0",
            "PLATFORM_AUTH_DATABASE_URL", "jdbc:sqlite:" + directory.resolve("sub/auth.db"),
            "PLATFORM_AUTH_ADMIN_EMAIL", "root@example.com",
            "PLATFORM_AUTH_ADMIN_PASSWORD", "a good password",
            "PLATFORM_AUTH_RECEIVER_SECRET", RunningAuth.SECRET);
    try (StandaloneAuthServer server = AuthMain.serve(ServerConfig.from(environment));
        StatusClient client = new StatusClient("http://127.0.0.1:" + server.port())) {
      assertThat(client.status("/healthz")).isEqualTo(200);
      assertThat(client.status("/readyz")).isEqualTo(200);
      assertThat(client.status("/oauth/jwks")).isEqualTo(200);
      assertThat(client.status("/oauth/token")).isEqualTo(405);
    }
  }

  @Test
  void resetsAPasswordFromItsInput() throws Exception {
    try (RunningAuth server = RunningAuth.in(TestDatabase.SQLITE, directory)) {
      String token = server.adminToken();
      Map<String, String> environment =
          Map.of(
              "PLATFORM_AUTH_DATABASE_URL", "jdbc:sqlite:" + directory.resolve("auth.db"),
              "PLATFORM_AUTH_ARGON2_MEMORY_KIB", "64",
              "PLATFORM_AUTH_ARGON2_ITERATIONS", "1");

      assertThat(run(environment, "short\n", "reset-password", "admin@localhost")).isEqualTo(1);
      assertThat(run(environment, "a brand new password\n", "reset-password", "nobody@localhost"))
          .isEqualTo(1);
      assertThat(server.isActive(token)).isTrue();
      assertThat(run(environment, "a brand new password\n", "reset-password", "Admin@localhost"))
          .isZero();

      assertThat(server.isActive(token)).isFalse();
      assertThat(server.login("admin@localhost", "a brand new password").status()).isEqualTo(200);
      assertThat(output()).doesNotContain("a brand new password");
    }
  }

  @Test
  void rotatesKeysWhileTheServerRuns() throws Exception {
    try (RunningAuth server = RunningAuth.in(TestDatabase.SQLITE, directory)) {
      Map<String, String> environment =
          Map.of(
              "PLATFORM_AUTH_DATABASE_URL", "jdbc:sqlite:" + directory.resolve("auth.db"),
              "PLATFORM_AUTH_ARGON2_MEMORY_KIB", "64",
              "PLATFORM_AUTH_ARGON2_ITERATIONS", "1");

      assertThat(run(environment, "", "rotate-keys")).isZero();

      assertThat(server.send(server.to("/oauth/jwks")).json().path("keys").size()).isEqualTo(2);
    }
  }

  @Test
  void saysWhenItsDatabaseCannotBeOpened() throws Exception {
    Map<String, String> environment =
        Map.of(
            "PLATFORM_AUTH_DATABASE_URL",
            "jdbc:sqlite:" + Files.writeString(directory.resolve("file"), "") + "/auth.db");

    assertThat(run(environment, "", "rotate-keys")).isEqualTo(1);
    assertThat(output())
        .startsWith("The database %s/file/auth.db cannot be opened".formatted(directory));
  }

  @Test
  void saysWhenItsDatabaseIsNone() throws Exception {
    Path file = Files.writeString(directory.resolve("auth.db"), "no database ".repeat(1000));

    assertThat(run(Map.of("PLATFORM_AUTH_DATABASE_URL", "jdbc:sqlite:" + file), "", "rotate-keys"))
        .isEqualTo(1);
    assertThat(output())
        .startsWith("The database %s cannot be opened".formatted(file))
        .contains("Put a backup of the file in its place")
        .doesNotContain("writable");
  }

  @Test
  void saysWhenItsPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> environment =
          Map.of(
              "PLATFORM_AUTH_ISSUER",
              "https://platform.example.com",
              "PLATFORM_AUTH_PORT",
              Integer.toString(taken.getLocalPort()),
              "PLATFORM_AUTH_DATABASE_URL",
              "jdbc:sqlite:" + directory.resolve("auth.db"));
      assertThat(run(environment, "")).isEqualTo(1);
    }
    assertThat(output())
        .matches(
            "The auth server cannot listen on 127.0.0.1 port \\d+: another program listens there. Stop it, or choose another port \\(PLATFORM_AUTH_PORT\\).\n");
  }

  @Test
  void servesOnPostgresWithWhatFilesGive() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), RunningAuth.SECRET + "\n");
    Path password = Files.writeString(directory.resolve("password"), "a good password\n");
    Path unused = Files.writeString(directory.resolve("database-password"), "unused\n");
    DatabaseConfig database = TestDatabase.POSTGRESQL.at(directory);
    Map<String, String> environment =
        Map.of(
            "PLATFORM_AUTH_ISSUER", "https://platform.example.com",
            "PLATFORM_AUTH_PORT", "0",
            "PLATFORM_AUTH_DATABASE_URL", database.url(),
            "PLATFORM_AUTH_DATABASE_USER", database.user().orElseThrow(),
            "PLATFORM_AUTH_DATABASE_PASSWORD_FILE", unused.toString(),
            "PLATFORM_AUTH_ADMIN_EMAIL", "root@example.com",
            "PLATFORM_AUTH_ADMIN_PASSWORD_FILE", password.toString(),
            "PLATFORM_AUTH_RECEIVER_SECRET_FILE", secret.toString());
    for (int start = 0; start < 2; start++) {
      try (StandaloneAuthServer server = AuthMain.serve(ServerConfig.from(environment));
          StatusClient client = new StatusClient("http://127.0.0.1:" + server.port())) {
        assertThat(client.status("/readyz")).isEqualTo(200);
      }
    }
    List<String> accounts =
        TestDatabase.POSTGRESQL
            .rows(directory)
            .withHandle(
                rows -> rows.createQuery("select email from account").mapTo(String.class).list());
    assertThat(accounts).containsExactly("root@example.com");
  }

  @Test
  void explainsItselfWhenMisused() {
    assertThat(run(Map.of(), "", "frobnicate")).isEqualTo(2);
    assertThat(output()).contains("reset-password EMAIL");
  }

  private int run(Map<String, String> environment, String input, String... arguments) {
    return new AuthMain(
            environment,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8))
        .run(List.of(arguments));
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
