package io.platform.drain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.domain.App;
import io.platform.domain.LogLine;
import io.platform.domain.LogSource;
import io.platform.domain.ProcessName;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Lines as syslog messages (RFC 5424), each after its length in bytes (RFC 6587, octet counting):
 *
 * <pre>
 * 83 &lt;190&gt;1 2026-11-27T12:00:00.123456Z shop-acme.example.com shop web.1 app - listening
 * </pre>
 *
 * <p>HOSTNAME is the app's host, APP-NAME its name, PROCID the process, MSGID the source. The
 * facility is local7 for lines of the app, local6 for those of the platform and local5 for
 * requests.
 */
final class SyslogFormat {
  private static final int INFO = 6;
  private static final int LOCAL5 = 21;
  private static final int LOCAL6 = 22;
  private static final int LOCAL7 = 23;
  private static final int SEVERITIES = 8;
  private static final String NONE = "-";

  /** RFC 5424 allows six digits of a second. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private SyslogFormat() {}

  /** Adds a line with its length to what is sent. */
  static void write(App app, LogLine line, ByteArrayOutputStream to) {
    byte[] head =
        "<%d>1 %s %s %s %s %s - "
            .formatted(
                facility(line.source()) * SEVERITIES + INFO,
                time(line.at()),
                app.host(),
                app.path().name(),
                line.process().map(ProcessName::toString).orElse(NONE),
                line.source().word())
            .getBytes(US_ASCII);
    byte[] text = line.text().getBytes(UTF_8);
    to.writeBytes(Integer.toString(head.length + text.length).getBytes(US_ASCII));
    to.write(' ');
    to.writeBytes(head);
    to.writeBytes(text);
  }

  private static int facility(LogSource source) {
    return switch (source) {
      case APP -> LOCAL7;
      case PLATFORM -> LOCAL6;
      case ROUTER -> LOCAL5;
    };
  }

  private static String time(Instant at) {
    return TIME.format(at);
  }
}
