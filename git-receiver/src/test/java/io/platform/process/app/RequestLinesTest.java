package io.platform.process.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.AppId;
import io.platform.domain.port.RoutedRequest;
import io.platform.process.log.AppLogLimits;
import io.platform.process.log.AppLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestLinesTest {
  private static final AppId FORMER = new AppId("former");
  private static final AppId NEXT = new AppId("next");

  @TempDir Path directory;

  @Test
  void tellsAnAppNothingOfAHostThatItNoLongerHas() throws IOException {
    RequestLines requests = new RequestLines();
    AppLogs logs = new AppLogs(directory, AppLogLimits.defaults());
    requests.begin(Set.of("a.example", "www.Example"), logs.of(FORMER), Map.of());
    requests.add(request("www.example", "/1"));
    requests.begin(Set.of("a.example"), logs.of(FORMER), Map.of());
    requests.add(request("www.example", "/2"));
    requests.add(request("a.example", "/3"));
    requests.begin(Set.of("b.example", "www.example"), logs.of(NEXT), Map.of());
    requests.begin(Set.of("a.example"), logs.of(FORMER), Map.of());
    requests.add(request("www.example", "/4"));
    logs.close();

    assertThat(text(logs.directory(FORMER)))
        .contains("path=\"/1\"", "path=\"/3\"")
        .doesNotContain("/2", "/4");
    assertThat(text(logs.directory(NEXT))).contains("path=\"/4\"");
  }

  private static RoutedRequest request(String host, String target) {
    return new RoutedRequest(
        host,
        Optional.empty(),
        "id",
        "GET",
        target,
        Duration.ZERO,
        Duration.ZERO,
        503,
        0,
        Optional.of("Nothing is deployed here yet"));
  }

  private static String text(Path log) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(log)) {
      for (Path file : files.toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }
}
