package io.platform.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code platform up} was asked for.
 *
 * @param port where it listens; 0 for any free one
 * @param listen the address that it binds
 * @param data where it keeps everything
 * @param url the base URL that users see; empty for {@code http://localhost:<port>}
 */
record UpOptions(int port, String listen, Path data, Optional<URI> url) {
  static final int DEFAULT_PORT = 8080;

  /**
   * Where data goes unless it is told: the user's data directory as the XDG base directory
   * specification has it.
   */
  static Path defaultData(Function<String, String> environment) {
    String xdg = environment.apply("XDG_DATA_HOME");
    Path base =
        xdg.isBlank() ? Path.of(environment.apply("HOME"), ".local", "share") : Path.of(xdg);
    return base.resolve("platform").toAbsolutePath();
  }
}
