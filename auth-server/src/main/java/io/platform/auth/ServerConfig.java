package io.platform.auth;

import io.platform.auth.account.PasswordConfig;
import io.platform.auth.account.ThrottleConfig;
import io.platform.auth.http.SlowRequestLimits;
import io.platform.auth.token.Clients;
import io.platform.auth.token.Issuer;
import io.platform.auth.token.TokenConfig;
import io.platform.commons.database.DatabaseConfig;
import io.platform.commons.metrics.MetricsAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The auth server as a program of its own.
 *
 * @param metrics where metrics are served; nowhere where it is empty
 * @param receiverSecret of the client {@code git-receiver}
 * @param administrator the first account, made at a start where there is none
 */
record ServerConfig(
    String host,
    int port,
    AuthConfig auth,
    Optional<MetricsAddress> metrics,
    Optional<String> receiverSecret,
    Optional<Administrator> administrator) {

  /** The first account. */
  record Administrator(String email, String password) {
    @Override
    public String toString() {
      return "Administrator[" + email + "]";
    }
  }

  static ServerConfig from(Function<String, @Nullable String> environment)
      throws ConfigurationException {
    Settings settings = new Settings(environment);
    ServerConfig config =
        new ServerConfig(
            settings.text("HOST").orElse("127.0.0.1"),
            port(settings),
            auth(settings),
            metrics(settings),
            receiverSecret(settings),
            administrator(settings));
    if (settings.text("ISSUER").isEmpty()) {
      settings.wrong(
          "ISSUER", "is not set; give it the public base URL, like https://platform.example.com");
    }
    settings.requireNone();
    return config;
  }

  /** What commands on the database alone need: everything but the issuer. */
  static AuthConfig offlineFrom(Function<String, @Nullable String> environment)
      throws ConfigurationException {
    Settings settings = new Settings(environment);
    AuthConfig config = auth(settings);
    settings.requireNone();
    return config;
  }

  private static AuthConfig auth(Settings settings) {
    return new AuthConfig(
        settings.url("ISSUER", Issuer::canonical),
        database(settings),
        tokens(settings),
        passwords(settings),
        throttle(settings),
        settings.flag("FORWARDED_FOR"),
        SlowRequestLimits.defaults());
  }

  private static int port(Settings settings) {
    int port = settings.integer("PORT", 8081);
    if (port < 0 || port > 65_535) {
      settings.wrong("PORT", "is not between 0 and 65535");
    }
    return port;
  }

  private static Optional<MetricsAddress> metrics(Settings settings) {
    Optional<String> text = settings.text("METRICS_LISTEN");
    Optional<MetricsAddress> address = text.flatMap(MetricsAddress::parse);
    if (text.isPresent() && address.isEmpty()) {
      settings.wrong("METRICS_LISTEN", "is not " + MetricsAddress.EXAMPLE);
    }
    return address;
  }

  private static DatabaseConfig database(Settings settings) {
    String url = settings.required("DATABASE_URL", "jdbc:sqlite:/var/lib/platform/auth.db");
    boolean known = url.matches("jdbc:(sqlite|postgresql):.+");
    if (!url.isEmpty() && !known) {
      settings.wrong(
          "DATABASE_URL",
          "is neither of SQLite (jdbc:sqlite:FILE) nor of PostgreSQL (jdbc:postgresql://…)");
    }
    Optional<String> user = settings.text("DATABASE_USER");
    Optional<String> password = settings.secret("DATABASE_PASSWORD");
    int connections = settings.integer("DATABASE_CONNECTIONS", DatabaseConfig.DEFAULT_CONNECTIONS);
    DatabaseConfig unused = DatabaseConfig.file(Path.of("unused"));
    return settings.bounded(
        "DATABASE_CONNECTIONS",
        unused,
        () -> new DatabaseConfig(known ? url : unused.url(), user, password, connections));
  }

  private static TokenConfig tokens(Settings settings) {
    TokenConfig defaults = TokenConfig.defaults();
    var lifetime = settings.duration("TOKEN_LIFETIME", defaults.lifetime());
    var keyAge = settings.duration("KEY_AGE", defaults.keyAge());
    return settings.bounded(
        "TOKEN_LIFETIME or KEY_AGE", defaults, () -> new TokenConfig(lifetime, keyAge));
  }

  private static PasswordConfig passwords(Settings settings) {
    PasswordConfig defaults = PasswordConfig.defaults();
    int minimum = settings.integer("PASSWORD_MINIMUM", defaults.minimumLength());
    int memory = settings.integer("ARGON2_MEMORY_KIB", defaults.memoryKib());
    int iterations = settings.integer("ARGON2_ITERATIONS", defaults.iterations());
    int parallelism = settings.integer("ARGON2_PARALLELISM", defaults.parallelism());
    return settings.bounded(
        "PASSWORD_MINIMUM or ARGON2_…",
        defaults,
        () -> new PasswordConfig(minimum, memory, iterations, parallelism));
  }

  private static ThrottleConfig throttle(Settings settings) {
    ThrottleConfig defaults = ThrottleConfig.defaults();
    int perAccount = settings.integer("FAILURES_PER_ACCOUNT", defaults.perAccount());
    int perAddress = settings.integer("FAILURES_PER_ADDRESS", defaults.perAddress());
    var longestWait = settings.duration("FAILURES_LONGEST_WAIT", defaults.longestWait());
    var memory = settings.duration("FAILURES_MEMORY", defaults.memory());
    return settings.bounded(
        "FAILURES_…",
        defaults,
        () -> new ThrottleConfig(perAccount, perAddress, longestWait, memory));
  }

  private static Optional<String> receiverSecret(Settings settings) {
    Optional<String> secret = settings.secret("RECEIVER_SECRET");
    if (secret.isPresent() && secret.get().length() < Clients.SHORTEST_SECRET) {
      settings.wrong(
          "RECEIVER_SECRET", "has fewer than " + Clients.SHORTEST_SECRET + " characters");
    }
    return secret;
  }

  private static Optional<Administrator> administrator(Settings settings) {
    Optional<String> email = settings.text("ADMIN_EMAIL");
    Optional<String> password = settings.secret("ADMIN_PASSWORD");
    if (email.isPresent() != password.isPresent()) {
      settings.wrong(
          "ADMIN_EMAIL", "and PLATFORM_AUTH_ADMIN_PASSWORD go together; set both, or none");
    }
    return email.flatMap(address -> password.map(secret -> new Administrator(address, secret)));
  }

  @Override
  public String toString() {
    return "ServerConfig[" + host + ":" + port + "]";
  }
}
