package io.platform.slug.http;

import io.platform.commons.http.header.ReprDigest;
import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of builder and runner: small JSON with the token to the platform; large bytes,
 * without the token, from and to the URLs that the platform gives. One attempt each; those who call
 * know how long to go on.
 */
public final class PlatformHttp {
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final Duration STALL = Duration.ofSeconds(30); // of an object on its way
  private static final Set<String> SET_BY_CLIENT =
      Set.of("content-length", "host", "connection", "expect", "upgrade", "transfer-encoding");

  private final HttpClient plain = client().sslContext(noTls()).build();
  private @Nullable HttpClient secure;
  private final URI base;
  private final String token;
  private final Duration limit;

  /**
   * Speaks with the platform at {@code base}.
   *
   * @param token sent to the platform, never elsewhere
   */
  public PlatformHttp(URI base, String token) {
    this(base, token, ANSWER);
  }

  /**
   * As {@link #PlatformHttp(URI, String)}.
   *
   * @param limit for an answer of the platform's own, from the connection to its last byte
   */
  PlatformHttp(URI base, String token, Duration limit) {
    this.base = base;
    this.token = token;
    this.limit = limit;
  }

  /** An answer of the platform's own. */
  public static final class Answer {
    private final int status;
    private final byte[] body;

    Answer(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    /** HTTP's. */
    public int status() {
      return status;
    }

    public boolean ok() {
      return status / 100 == 2;
    }

    /** Whether another attempt may succeed. */
    public boolean passing() {
      return status >= 500 || status == 408 || status == 425 || status == 429;
    }

    public JsonObject json() throws BadFormatException {
      return JsonObject.parse(body);
    }

    /** What an RFC 9457 problem says, or else the status. */
    public String detail() {
      try {
        return json().optionalString("detail").orElse("HTTP status " + status);
      } catch (BadFormatException noProblem) {
        return "HTTP status " + status;
      }
    }
  }

  /**
   * A stored object on its way.
   *
   * @param sha256 in hexadecimal, where the platform said it with the redirect
   */
  public record Download(InputStream body, Optional<String> sha256) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  public Answer get(String path) throws IOException, InterruptedException {
    return send(own(base.resolve(path)).GET());
  }

  /** Posts to the platform. */
  public Answer post(String path, String contentType, byte[] body)
      throws IOException, InterruptedException {
    return post(base.resolve(path), contentType, BodyPublishers.ofByteArray(body));
  }

  /** Posts to a URL of the platform's that it gave itself. */
  public Answer post(URI url, String contentType, byte[] body)
      throws IOException, InterruptedException {
    return post(url, contentType, BodyPublishers.ofByteArray(body));
  }

  /** Posts the first {@code length} bytes of {@code body}. */
  public Answer post(String path, String contentType, byte[] body, int length)
      throws IOException, InterruptedException {
    return post(base.resolve(path), contentType, BodyPublishers.ofByteArray(body, 0, length));
  }

  /**
   * Where an object is.
   *
   * @param sha256 in hexadecimal, where the platform said it
   */
  public record Place(URI url, Optional<String> sha256) {}

  /**
   * Asks the platform for an object and opens it where it is.
   *
   * @throws RefusedException if the platform will not give it
   */
  public Download download(String path) throws IOException, InterruptedException {
    return open(locate(path));
  }

  /**
   * Asks the platform where an object is.
   *
   * @throws RefusedException if the platform will not give it
   */
  public Place locate(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> where = whole(own(base.resolve(path)).GET());
    Answer answer = new Answer(where.statusCode(), where.body());
    Optional<String> location = where.headers().firstValue("Location");
    if (answer.status() / 100 == 4 && !answer.passing()) {
      throw new RefusedException(answer.status(), answer.detail());
    }
    if (answer.status() / 100 != 3 || location.isEmpty()) {
      throw FailedAnswerException.ofPlatform(answer.status(), answer.detail());
    }
    return new Place(
        where.uri().resolve(location.get()),
        where.headers().firstValue(ReprDigest.FIELD).flatMap(ReprDigest::parse));
  }

  /**
   * Opens an object.
   *
   * @throws RefusedException if there is none
   */
  public Download open(Place place) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(place.url()).timeout(STALL).GET().build();
    HttpResponse<InputStream> object =
        client(request.uri()).send(request, BodyHandlers.ofInputStream());
    if (object.statusCode() != 200) {
      object.body().close();
      if (object.statusCode() == 404) {
        throw new RefusedException(404, "it is not in the object store");
      }
      throw FailedAnswerException.ofStore(object.statusCode());
    }
    return new Download(new StallGuard(object.body(), STALL), place.sha256());
  }

  /** Sends a file to a URL that the platform gave for it; returns the status. */
  public int upload(String method, URI url, Map<String, String> headers, Path file)
      throws IOException, InterruptedException {
    WatchedUpload body = new WatchedUpload(file, STALL);
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(url)).method(method, body);
    headers.forEach((name, value) -> {
      if (!SET_BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
        request.header(name, value);
      }
    });
    HttpRequest ready = request.build();
    return body.send(client(ready.uri()), ready);
  }

  private Answer post(URI url, String contentType, BodyPublisher body)
      throws IOException, InterruptedException {
    return send(own(url).header("Content-Type", contentType).POST(body));
  }

  private HttpRequest.Builder own(URI url) {
    return HttpRequest.newBuilder(url).header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = whole(request);
    return new Answer(response.statusCode(), response.body());
  }

  /** The client's own limit ends with the headers of an answer: the rest could take for ever. */
  private HttpResponse<byte[]> whole(HttpRequest.Builder builder)
      throws IOException, InterruptedException {
    HttpRequest request = builder.build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client(request.uri()).sendAsync(request, BodyHandlers.ofByteArray());
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("request timed out");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private HttpClient client(URI url) {
    return "https".equalsIgnoreCase(url.getScheme()) ? secure() : plain;
  }

  /**
   * Made when it is needed: to read the system's certificates takes as long as all else at the
   * start.
   */
  private synchronized HttpClient secure() {
    HttpClient made = secure == null ? client().build() : secure;
    secure = made;
    return made;
  }

  private static HttpClient.Builder client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(Duration.ofSeconds(10));
  }

  /** Trusts nobody. */
  private static SSLContext noTls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("this Java has no TLS", impossible);
    }
  }
}
