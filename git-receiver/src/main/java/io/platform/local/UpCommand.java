package io.platform.local;

import io.platform.bootstrap.ObjectStores;
import io.platform.bootstrap.ServerProcess;
import io.platform.bootstrap.StartupException;
import io.platform.bootstrap.StopSignal;
import io.platform.commons.console.LineFormat;
import io.platform.commons.http.ListeningPort;
import io.platform.commons.http.ServerName;
import io.platform.commons.settings.BaseUrl;
import io.platform.commons.settings.InvalidSettings;
import io.platform.commons.settings.InvalidValue;
import io.platform.commons.settings.ListenAddress;
import io.platform.commons.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code platform up}. */
@Command(
    name = "platform up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs the whole platform on this machine, until Ctrl-C.",
    footer = {
      "",
      "More settings come from the environment (PLATFORM_…): see docs/configuration.md.",
      "Exit codes: 0 stopped; 1 it could not start; 2 wrong usage."
    })
final class UpCommand implements Callable<Integer> {
  private static final int LAST_PORT = 65_535;

  private final Map<String, String> environment;
  private final InstalledPrograms programs;
  private final PrintStream out;
  private final StopSignal stop;
  private final PlatformStarter starter;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Where it listens; 0 takes a free port (default: ${DEFAULT-VALUE}).")
  private String port = "8080";

  @Option(
      names = "--tls-port",
      paramLabel = "PORT",
      description =
          "Where it serves apps' domains with HTTPS, with the certificates of `platform certs add` (default: nowhere).")
  private @Nullable String tlsPort;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "The address that it binds; 0.0.0.0 for all (default: ${DEFAULT-VALUE}).")
  private String listen = "127.0.0.1";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where it keeps everything (default: ~/.local/share/platform, as XDG_DATA_HOME has it).")
  private @Nullable String data;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "The base URL that users see, where it is not http://localhost:PORT; apps are under its host name.")
  private @Nullable String url;

  @Option(
      names = "--object-store",
      paramLabel = "URL",
      description =
          "Where sources, slugs and logs are kept: file:///DIR, s3://BUCKET/PREFIX or gs://BUCKET/PREFIX"
              + " (default: objects in the data directory); see docs/configuration.md.")
  private @Nullable String objectStore;

  UpCommand(
      Map<String, String> environment,
      InstalledPrograms programs,
      PrintStream out,
      StopSignal stop,
      PlatformStarter starter) {
    this.environment = environment;
    this.programs = programs;
    this.out = out;
    this.stop = stop;
    this.starter = starter;
  }

  /**
   * Runs the command until it is told to stop.
   *
   * @param errors gets what is wrong with the arguments or the settings, in sentences
   * @return the exit status
   */
  int execute(PrintStream errors, String... arguments) {
    return new CommandLine(this)
        .setParameterExceptionHandler((e, line) -> {
          errors.println(LineFormat.error(String.valueOf(e.getMessage())));
          errors.println(LineFormat.error("See platform up --help."));
          return CommandLine.ExitCode.USAGE;
        })
        .setExecutionExceptionHandler((e, line, parsed) -> ServerProcess.explain(e, errors))
        .execute(arguments);
  }

  private UpOptions options(int listening) throws StartupException {
    return new UpOptions(directory(), listen(), listening, tlsPort(), url(), objectStore());
  }

  private int port() {
    return port("--port", port);
  }

  private Optional<Integer> tlsPort() {
    return Optional.ofNullable(tlsPort).map(given -> port("--tls-port", given));
  }

  private int port(String option, String given) {
    if (given.strip().matches("[0-9]{1,5}") && Integer.parseInt(given.strip()) <= LAST_PORT) {
      return Integer.parseInt(given.strip());
    }
    throw wrong(
        option, new InvalidValue("a number from 0 to 65535", given, "0 takes a port that is free"));
  }

  private ListenAddress listen() {
    try {
      return ListenAddress.parse(listen, "--port");
    } catch (InvalidValue e) {
      throw wrong("--listen", e);
    }
  }

  private Path directory() {
    if (data == null) {
      return defaultData().toAbsolutePath().normalize();
    }
    if (data.isBlank() || data.indexOf('\0') >= 0) {
      throw wrong("--data", new InvalidValue("the path of a directory", data, ""));
    }
    return Path.of(data).toAbsolutePath().normalize();
  }

  private Path defaultData() {
    String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
    Path base =
        xdg.isBlank()
            ? Path.of(environment.getOrDefault("HOME", "."), ".local", "share")
            : Path.of(xdg);
    return base.resolve("platform");
  }

  private Optional<URI> url() {
    if (url == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(BaseUrl.parse(url));
    } catch (InvalidValue e) {
      throw wrong("--url", e);
    }
  }

  private Optional<URI> objectStore() throws StartupException {
    String option = objectStore == null ? "PLATFORM_OBJECT_STORE" : "--object-store";
    String named = objectStore == null ? environment.getOrDefault(option, "") : objectStore;
    if (objectStore == null && named.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ObjectStores.location(named));
    } catch (IllegalArgumentException e) {
      throw new StartupException("%s cannot be used: %s".formatted(option, e.getMessage()), e);
    }
  }

  @Override
  public Integer call()
      throws IOException, StartupException, InvalidSettings, InterruptedException {
    // What is wrong with the settings is told before anything is made.
    config(port());
    requireReachableUrl();
    try (DataDirectory directory = DataDirectory.take(directory());
        ListeningPort listening =
            ListeningPort.bind(ServerName.PLATFORM, listen(), port(), "--port")) {
      LocalConfig config = config(listening.port());
      AdminPassword password = new AdminPassword(directory.resolve("admin-password"));
      try (LocalPlatform platform = starter.start(config, listening, password)) {
        directory.announce(config.publicUrl().toString());
        new Banner(config, programs, directory.root()).print(platform, out);
        openAllJars();
        stop.await();
        out.println("\nStopping: builds first, then apps …");
      }
      out.println("Stopped.");
    }
    return 0;
  }

  /** Users are told http://localhost:PORT unless --url says otherwise, so it must lead here. */
  private void requireReachableUrl() throws StartupException {
    if (url == null && !listen().isReachedAsLocalhost()) {
      throw new StartupException(
          "--listen %s needs --url: http://localhost:%d does not lead to that address. Give the URL that users open, such as --url http://platform.example.com:%d; apps have host names under it."
              .formatted(listen(), port(), port()));
    }
  }

  /** Reads the settings of a platform that listens on this port. */
  private LocalConfig config(int listening) throws StartupException, InvalidSettings {
    SettingsReader settings = new SettingsReader(environment);
    LocalConfig config = LocalConfig.read(options(listening), programs, settings);
    settings.check("PLATFORM_", LocalConfig.OTHERS);
    return config;
  }

  /**
   * The JVM opens a jar when it first looks there, which after a rebuild of the checkout is too
   * late.
   */
  private static void openAllJars() {
    UpCommand.class.getClassLoader().getResource("in/none/of/them");
  }

  private ParameterException wrong(String option, InvalidValue e) {
    String message = option + " " + e.getMessage();
    if (spec == null) {
      throw new IllegalStateException(message, e);
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
