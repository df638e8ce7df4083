package io.platform.auth;

import io.platform.auth.account.PasswordConfig;
import io.platform.auth.account.ThrottleConfig;
import io.platform.auth.token.Clients;
import io.platform.auth.token.TokenConfig;
import io.platform.commons.database.DatabaseSettings;
import io.platform.commons.http.SlowRequestLimits;
import io.platform.commons.metrics.MetricsAddress;
import io.platform.commons.settings.InvalidSettings;
import io.platform.commons.settings.ListenAddress;
import io.platform.commons.settings.SettingsReader;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of an auth server that runs as a program of its own.
 *
 * @param metrics where metrics are served; nowhere where it is empty
 * @param receiverSecret of the client {@code git-receiver}
 * @param administrator the first account, made at a start where there is none
 */
record ServerConfig(
    ListenAddress listen,
    int port,
    AuthConfig auth,
    Optional<MetricsAddress> metrics,
    Optional<String> receiverSecret,
    Optional<Administrator> administrator) {

  private static final int LAST_PORT = 65_535;

  /** The first account. */
  record Administrator(String email, String password) {
    @Override
    public String toString() {
      return "Administrator[" + email + "]";
    }
  }

  static ServerConfig from(Map<String, String> environment) throws InvalidSettings {
    SettingsReader settings = new SettingsReader(environment);
    ServerConfig config =
        new ServerConfig(
            settings.address("PLATFORM_AUTH_HOST", "127.0.0.1", "PLATFORM_AUTH_PORT"),
            settings.number("PLATFORM_AUTH_PORT", 8081, 0, LAST_PORT),
            auth(settings).withIssuer(settings.requiredBaseUrl("PLATFORM_AUTH_ISSUER")),
            MetricsAddress.read(settings, "PLATFORM_AUTH_METRICS_LISTEN"),
            receiverSecret(settings),
            administrator(settings));
    settings.check();
    return config;
  }

  /** What commands on the database alone need: everything but the issuer. */
  static AuthConfig offlineFrom(Map<String, String> environment) throws InvalidSettings {
    SettingsReader settings = new SettingsReader(environment);
    AuthConfig config = auth(settings);
    settings.check();
    return config;
  }

  private static AuthConfig auth(SettingsReader settings) {
    return new AuthConfig(
        Optional.empty(),
        new DatabaseSettings(settings, "PLATFORM_AUTH_DATABASE")
            .readRequired("PLATFORM_AUTH_DATABASE_URL", "jdbc:sqlite:/var/lib/platform/auth.db"),
        tokens(settings),
        passwords(settings),
        throttle(settings),
        settings.flag("PLATFORM_AUTH_FORWARDED_FOR", false),
        SlowRequestLimits.defaults());
  }

  private static TokenConfig tokens(SettingsReader settings) {
    TokenConfig defaults = TokenConfig.defaults();
    Duration lifetime = settings.time("PLATFORM_AUTH_TOKEN_LIFETIME", defaults.lifetime());
    Duration keyAge = settings.time("PLATFORM_AUTH_KEY_AGE", defaults.keyAge());
    return settings.valid(
        "PLATFORM_AUTH_TOKEN_LIFETIME or PLATFORM_AUTH_KEY_AGE",
        defaults,
        () -> new TokenConfig(lifetime, keyAge));
  }

  private static PasswordConfig passwords(SettingsReader settings) {
    PasswordConfig defaults = PasswordConfig.defaults();
    int minimum = settings.number("PLATFORM_AUTH_PASSWORD_MINIMUM", defaults.minimumLength());
    int memory = settings.number("PLATFORM_AUTH_ARGON2_MEMORY_KIB", defaults.memoryKib());
    int iterations = settings.number("PLATFORM_AUTH_ARGON2_ITERATIONS", defaults.iterations());
    int parallelism = settings.number("PLATFORM_AUTH_ARGON2_PARALLELISM", defaults.parallelism());
    return settings.valid(
        "PLATFORM_AUTH_PASSWORD_MINIMUM or PLATFORM_AUTH_ARGON2_…",
        defaults,
        () -> new PasswordConfig(minimum, memory, iterations, parallelism));
  }

  private static ThrottleConfig throttle(SettingsReader settings) {
    ThrottleConfig defaults = ThrottleConfig.defaults();
    int perAccount = settings.number("PLATFORM_AUTH_FAILURES_PER_ACCOUNT", defaults.perAccount());
    int perAddress = settings.number("PLATFORM_AUTH_FAILURES_PER_ADDRESS", defaults.perAddress());
    Duration longestWait =
        settings.time("PLATFORM_AUTH_FAILURES_LONGEST_WAIT", defaults.longestWait());
    Duration memory = settings.time("PLATFORM_AUTH_FAILURES_MEMORY", defaults.memory());
    return settings.valid(
        "PLATFORM_AUTH_FAILURES_…",
        defaults,
        () -> new ThrottleConfig(perAccount, perAddress, longestWait, memory));
  }

  private static Optional<String> receiverSecret(SettingsReader settings) {
    String name = "PLATFORM_AUTH_RECEIVER_SECRET";
    Optional<String> secret = settings.secret(name);
    if (secret.isPresent() && secret.get().length() < Clients.SHORTEST_SECRET) {
      settings.wrong(name, "at least %d characters long".formatted(Clients.SHORTEST_SECRET));
    }
    return secret;
  }

  private static Optional<Administrator> administrator(SettingsReader settings) {
    Optional<String> email = settings.text("PLATFORM_AUTH_ADMIN_EMAIL");
    Optional<String> password = settings.secret("PLATFORM_AUTH_ADMIN_PASSWORD");
    if (email.isPresent() != password.isPresent()) {
      settings.wrong(
          "PLATFORM_AUTH_ADMIN_EMAIL",
          "set together with PLATFORM_AUTH_ADMIN_PASSWORD; set both, or none");
    }
    return email.flatMap(address -> password.map(secret -> new Administrator(address, secret)));
  }

  @Override
  public String toString() {
    return "ServerConfig[" + listen.inUrl() + ":" + port + "]";
  }
}
