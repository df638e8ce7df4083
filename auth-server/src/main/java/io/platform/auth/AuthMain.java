package io.platform.auth;

import io.platform.auth.account.AccountRefused;
import io.platform.commons.database.PoolObserver;
import io.platform.commons.http.PlainErrors;
import io.platform.commons.http.ServerName;
import io.platform.commons.metrics.ServerMetrics;
import io.platform.commons.settings.InvalidSettings;
import io.platform.commons.shutdown.BoundedStop;
import io.platform.commons.shutdown.ShutdownLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * The auth server as a program: without arguments it serves; with some it works on the database and
 * ends.
 */
public final class AuthMain {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private static final String USAGE =
      """
      Usage: auth-server                        serve, as the environment says (PLATFORM_AUTH_…, see docs/auth.md)
             auth-server reset-password EMAIL   give an account the password that is the first line of the input
             auth-server rotate-keys            sign with a new key from now on
      """;

  private final Map<String, String> environment;
  private final InputStream in;
  private final PrintStream out;

  AuthMain(Map<String, String> environment, InputStream in, PrintStream out) {
    this.environment = environment;
    this.in = in;
    this.out = out;
  }

  /** Runs the program; see the usage text. */
  public static void main(String[] arguments) {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "io/platform/auth/logback.xml");
    }
    int exit = FAILED;
    try {
      exit = new AuthMain(System.getenv(), System.in, System.out).run(List.of(arguments));
    } catch (RuntimeException | Error e) {
      // Threads that it has started would keep it from ending by itself.
      LoggerFactory.getLogger(AuthMain.class)
          .error("the auth server ends because of an error of its own", e);
    }
    if (exit != 0) {
      System.exit(exit);
    }
  }

  int run(List<String> arguments) {
    try {
      if (arguments.isEmpty()) {
        StandaloneAuthServer server = serve(ServerConfig.from(environment));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
        out.println("The auth server listens on port " + server.port() + ".");
        return 0;
      }
      if (arguments.size() == 2 && arguments.getFirst().equals("reset-password")) {
        return resetPassword(arguments.get(1));
      }
      if (arguments.equals(List.of("rotate-keys"))) {
        return rotateKeys();
      }
      out.print(USAGE);
      return MISUSED;
    } catch (InvalidSettings e) {
      out.println("The auth server does not start. " + e.getMessage());
      out.println("Set them in the environment; docs/auth.md explains each.");
      return MISUSED;
    } catch (AccountRefused | IOException | UncheckedIOException e) {
      out.println(e.getMessage());
      return FAILED;
    }
  }

  /** The process ends when this returns, whatever the server still does. */
  private static void stop(StandaloneAuthServer server) {
    BoundedStop.close("auth server", server, ShutdownLimits.ofPod().total());
  }

  static StandaloneAuthServer serve(ServerConfig config) throws AccountRefused, IOException {
    Optional<ServerMetrics> metrics = metrics(config);
    try {
      return serve(config, metrics);
    } catch (RuntimeException | AccountRefused | IOException e) {
      metrics.ifPresent(ServerMetrics::close);
      throw e;
    }
  }

  private static Optional<ServerMetrics> metrics(ServerConfig config) throws IOException {
    return config.metrics().isPresent()
        ? Optional.of(
            ServerMetrics.open(config.metrics().get(), new PlainErrors(ServerName.AUTH_SERVER)))
        : Optional.empty();
  }

  private static StandaloneAuthServer serve(ServerConfig config, Optional<ServerMetrics> metrics)
      throws AccountRefused, IOException {
    PoolObserver pools = metrics.<PoolObserver>map(it -> it::observe).orElse(PoolObserver.NONE);
    AuthServer auth = AuthServer.open(config.auth(), pools);
    try {
      config.receiverSecret().ifPresent(secret -> auth.provisionClient("git-receiver", secret));
      if (config.administrator().isPresent()) {
        var first = config.administrator().get();
        auth.firstAdministrator(first.email(), "admin", first::password);
      }
      return StandaloneAuthServer.start(auth, config.listen(), config.port(), metrics);
    } catch (RuntimeException | AccountRefused | IOException e) {
      auth.close();
      throw e;
    }
  }

  private int resetPassword(String email) throws InvalidSettings, AccountRefused {
    try (AuthServer auth = AuthServer.open(offline())) {
      auth.resetPassword(email, firstLine());
      out.println("The password of " + email + " is changed, and its logins have ended.");
      return 0;
    } catch (IOException e) {
      out.println("The password could not be read from the input; nothing is changed.");
      return FAILED;
    }
  }

  private int rotateKeys() throws InvalidSettings {
    try (AuthServer auth = AuthServer.open(offline())) {
      auth.rotateKeys();
      out.println(
          "Tokens are signed with a new key from now on; older ones stay good until they expire.");
      return 0;
    }
  }

  private AuthConfig offline() throws InvalidSettings {
    return ServerConfig.offlineFrom(environment);
  }

  private String firstLine() throws IOException {
    String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    return line == null ? "" : line;
  }
}
