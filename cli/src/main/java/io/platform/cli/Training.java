package io.platform.cli;

import io.platform.cli.client.HttpClients;
import io.platform.cli.client.Login;
import io.platform.cli.client.LoginStore;
import io.platform.cli.client.ProxyVariables;
import io.platform.cli.client.ServerUrl;
import io.platform.cli.command.CommandContext;
import io.platform.commons.file.Directories;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The training runs of the AOT caches. {@code offline} runs what needs no server, {@code online}
 * what does, against a server of its own. There are two, because the JVM loads all of a cache at
 * its start, and what speaks HTTP is most of it. They touch nothing of the user's: their home is a
 * temporary directory.
 */
public final class Training {
  private Training() {}

  public static void main(String[] arguments) throws IOException {
    var home = Files.createTempDirectory("platform-training");
    try {
      if (arguments.length == 1 && arguments[0].equals("offline")) {
        offline(home);
      } else {
        online(home);
      }
    } finally {
      Directories.delete(home);
    }
  }

  private static void offline(Path home) throws IOException {
    var server = new ServerUrl("http", "localhost", 8080);
    logIn(home, server);
    run(home, "", "--help");
    run(home, "", "version");
    run(home, "", "nothing");
    run(home, "protocol=http\nhost=localhost:8080\n\n", "git-credential", "get");
  }

  private static void online(Path home) throws IOException {
    try (var server = new TrainingServer()) {
      logIn(home, server.url());
      run(home, "", "apps");
      run(home, "", "apps", "--json");
      run(home, "", "whoami");
      run(home, "", "info", "-a", "shop");
      run(home, "", "builds", "-a", "shop");
      run(home, "", "builds", "log", "-a", "acme/shop", "--follow");
      run(home, "", "releases", "-a", "shop");
      run(home, "", "config", "-a", "shop");
      run(home, "", "config", "set", "A=1", "-a", "shop");
      run(home, "", "info");
      run(home, "", "login", "--help");
    }
  }

  private static void logIn(Path home, ServerUrl server) throws IOException {
    var ends = InstantSource.system().instant().plus(Duration.ofDays(1));
    var issuer = URI.create(server.toString());
    new LoginStore(home.resolve("platform"))
        .save(new Login(server, issuer, Optional.empty(), "a@b.c", "acme", "token", ends));
  }

  private static void run(Path home, String input, String... words) {
    var real = PlatformCli.processContext();
    if (real.terminal().isInteractive()) {
      throw new IllegalStateException("a training run has no terminal");
    }
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    var environment = Map.of("HOME", home.toString(), "XDG_CONFIG_HOME", home.toString());
    CommandRunner.run(
        new CommandContext(
            environment::get,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            nowhere,
            nowhere,
            home,
            real.terminal(),
            real.time(),
            real.zone(),
            new HttpClients(
                CommandRunner.userAgent(), Optional.empty(), new ProxyVariables(environment::get))),
        words);
  }
}
