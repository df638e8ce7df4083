package io.platform.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.commons.http.Json;
import io.platform.domain.App;
import io.platform.domain.DrainUrl;
import io.platform.domain.LogLine;
import io.platform.domain.ProcessName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON lines (application/x-ndjson), one object a line of the log. A status of 2xx means that
 * the receiver has all of them. Redirects are not followed.
 */
final class HttpsConnection implements DrainConnection {
  private static final MediaType NDJSON = MediaType.get("application/x-ndjson");

  /** Statuses that reject the lines themselves, so that sending them again is of no use. */
  private static final Set<Integer> NEVER = Set.of(400, 413, 422);

  private final OkHttpClient client;
  private final Request target;

  /** Posts to the URL through a client that connects to allowed addresses only. */
  HttpsConnection(DrainUrl url, OkHttpClient client) {
    this.client = client;
    HttpUrl whole = HttpUrl.get(url.reveal());
    Request.Builder request =
        new Request.Builder()
            .url(whole.newBuilder().username("").password("").build())
            .header("User-Agent", "platform-drain");
    String user = URI.create(url.reveal()).getRawUserInfo();
    if (user != null) {
      request.header("Authorization", basic(user));
    }
    this.target = request.build();
  }

  private static String basic(String user) {
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    return Credentials.basic(
        decoded(name), colon < 0 ? "" : decoded(user.substring(colon + 1)), UTF_8);
  }

  /** Percent-encoding alone: a plus stands for itself in this part of a URL. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  /** A line as it is sent. */
  record Line(Instant time, String app, String source, @Nullable String process, String text) {
    static Line of(App app, LogLine line) {
      return new Line(
          line.at(),
          app.path().toString(),
          line.source().word(),
          line.process().map(ProcessName::toString).orElse(null),
          line.text());
    }
  }

  @Override
  public void send(App app, List<LogLine> lines) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (LogLine line : lines) {
      body.writeBytes(Json.bytes(Line.of(app, line)));
      body.write('\n');
    }
    Request request =
        target.newBuilder().post(RequestBody.create(body.toByteArray(), NDJSON)).build();
    try (Response response = client.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        String answer = "it answered with status %d".formatted(response.code());
        throw NEVER.contains(response.code()) ? new BatchRefused(answer) : new IOException(answer);
      }
    }
  }

  /** Connections are the client's, which closes those that are idle. */
  @Override
  public void close() {}
}
