package io.platform.local;

import io.platform.bootstrap.ListeningPort;
import io.platform.bootstrap.StartupException;
import io.platform.bootstrap.StopSignal;
import io.platform.commons.settings.BaseUrl;
import io.platform.commons.settings.InvalidSettings;
import io.platform.commons.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
  private final Map<String, String> environment;
  private final InstalledPrograms programs;
  private final PrintStream out;
  private final StopSignal stop;
  private final PortDecorator decorator;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Where it listens; 0 takes a free port (default: ${DEFAULT-VALUE}).")
  private int port;

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
  private @Nullable Path data;

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
      PortDecorator decorator) {
    this.environment = environment;
    this.programs = programs;
    this.out = out;
    this.stop = stop;
    this.decorator = decorator;
  }

  private UpOptions options(int listening) throws StartupException {
    return new UpOptions(directory(), listen, listening, url(), objectStore());
  }

  private Path directory() {
    return (data == null ? defaultData() : data).toAbsolutePath().normalize();
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
    return Optional.of(
        BaseUrl.parse(url)
            .orElseThrow(() ->
                usage("--url must be a URL without a path, such as https://platform.example.com")));
  }

  private Optional<URI> objectStore() throws StartupException {
    String named =
        objectStore == null ? environment.getOrDefault("PLATFORM_OBJECT_STORE", "") : objectStore;
    if (named.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new URI(named.strip()));
    } catch (URISyntaxException e) {
      throw new StartupException(
          "The object store is no URL: use file:///DIRECTORY, gs://BUCKET/PREFIX or s3://BUCKET/PREFIX.",
          e);
    }
  }

  @Override
  public Integer call()
      throws IOException, StartupException, InvalidSettings, InterruptedException {
    if (port < 0 || port > 65535) {
      throw usage("--port must be a number from 0 to 65535; 0 takes a free port");
    }
    // What is wrong with the settings is told before anything is made.
    config(port);
    try (DataDirectory directory = DataDirectory.take(directory());
        ListeningPort listening = ListeningPort.bind(listen, port)) {
      LocalConfig config = config(listening.port());
      AdminPassword password = new AdminPassword(directory.resolve("admin-password"));
      try (LocalPlatform platform = LocalPlatform.start(config, listening, password, decorator)) {
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

  private ParameterException usage(String message) {
    if (spec == null) {
      throw new IllegalStateException(message);
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
