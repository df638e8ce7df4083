package io.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.bootstrap.StopSignal;
import io.platform.commons.shutdown.ShutdownLimits;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages of {@code platform up} for options and settings that it cannot use. */
class UpCommandTest {
  private static final int USAGE = 2;
  private static final int COULD_NOT_START = 1;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--listen | 127.0.0.1:19800 | must be an address such as 127.0.0.1, 0.0.0.0, ::1 or localhost, not '127.0.0.1:19800'; write 127.0.0.1 here, and the port 19800 in --port",
        "--listen | '' | must be an address such as 127.0.0.1, 0.0.0.0, ::1 or localhost, not ''",
        "--port | eighty | must be a number from 0 to 65535, not 'eighty'; 0 takes a port that is free",
        "--port | -1 | must be a number from 0 to 65535, not '-1'; 0 takes a port that is free",
        "--port | 65536 | must be a number from 0 to 65535, not '65536'; 0 takes a port that is free",
        "--url | platform.example.com | must be a URL such as https://platform.example.com, not 'platform.example.com'; it must begin with http:// or https://",
      })
  void namesTheOptionThatIsWrong(String option, String value, String message) {
    assertThat(said(USAGE, Map.of(), option, value))
        .isEqualTo(" !     %s %s\n !     See platform up --help.\n".formatted(option, message));
  }

  @Test
  void aDirectoryNeedsAName() {
    assertThat(said(USAGE, Map.of(), "--data", " "))
        .startsWith(" !     --data must be the path of a directory, not ' '\n");
  }

  @Test
  void anAddressThatLocalhostDoesNotReachNeedsAUrl() {
    assertThat(said(COULD_NOT_START, Map.of(), "--listen", "192.0.2.1", "--port", "8080"))
        .startsWith(
            " !     --listen 192.0.2.1 needs --url: http://localhost:8080 does not lead to that address.");
  }

  @Test
  void anAddressOfAnotherMachineIsNone() {
    assertThat(
            said(
                COULD_NOT_START,
                Map.of(),
                "--listen",
                "192.0.2.1",
                "--port",
                "0",
                "--url",
                "http://platform.example.com"))
        .contains("cannot listen on 192.0.2.1 port 0: this machine does not have that address.");
  }

  @Test
  void namesWhereTheObjectStoreComesFrom() {
    assertThat(said(COULD_NOT_START, Map.of(), "--object-store", "ftp://x"))
        .startsWith(
            " !     --object-store cannot be used: The object store 'ftp:' is of an unknown kind");
    assertThat(said(COULD_NOT_START, Map.of("PLATFORM_OBJECT_STORE", "x")))
        .startsWith(" !     PLATFORM_OBJECT_STORE cannot be used: The object store is no URL");
  }

  @Test
  void tellsAllWrongSettingsWithWhatWasGiven() {
    assertThat(
            said(
                COULD_NOT_START,
                Map.of(
                    "PLATFORM_LOG_LEVEL", "verbose",
                    "PLATFORM_RETENTION_EVERY", "0s",
                    "PLATFORM_BUILD_TIME", "99999999999d",
                    "PLATFORM_MAX_PACK", "999999999999999t",
                    "PLATFORM_HOST_ALIASES", "git.example.com, http://x",
                    "PLATFORM_METRICS_LISTEN", "9090",
                    "PLATFORM_APP_PORT_FIRST", "80",
                    "PLATFORM_REQUIRE_SANDBOX", "maybe")))
        .contains(
            "PLATFORM_LOG_LEVEL must be one of ERROR, WARN, INFO, DEBUG, not 'verbose'",
            "PLATFORM_RETENTION_EVERY must be a time such as 30s, 15m or 12h, from 1ms to 36500d, not '0s'",
            "PLATFORM_BUILD_TIME must be a time such as 30s, 15m or 12h, from 1ms to 36500d, not '99999999999d'",
            "PLATFORM_MAX_PACK must be an amount of bytes such as 512m or 2g, not '999999999999999t'",
            "PLATFORM_HOST_ALIASES must be host names without scheme and port, separated by commas, not 'http://x'",
            "PLATFORM_METRICS_LISTEN must be an address and a port such as 127.0.0.1:9090, not '9090'",
            "PLATFORM_APP_PORT_FIRST must be a whole number from 1024 to 65535, not '80'",
            "PLATFORM_REQUIRE_SANDBOX must be true or false, not 'maybe'");
  }

  private String said(int status, Map<String, String> environment, String... options) {
    Path data = directory.resolve("data");
    List<String> arguments = new ArrayList<>(List.of(options));
    if (!arguments.contains("--data")) {
      arguments.addAll(List.of("--data", data.toString()));
    }
    InstalledPrograms programs = new InstalledPrograms(directory, directory);
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(errors, true, UTF_8);
    try (StopSignal stop = StopSignal.install(ShutdownLimits.ofMachine())) {
      UpCommand up = new UpCommand(environment, programs, out, stop, LocalPlatform::start);
      assertThat(up.execute(out, arguments.toArray(String[]::new))).isEqualTo(status);
    }
    return errors.toString(UTF_8);
  }
}
