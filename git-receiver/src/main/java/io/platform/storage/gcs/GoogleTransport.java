package io.platform.storage.gcs;

import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpExecuteInterceptor;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponseInterceptor;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.cloud.ServiceOptions;
import com.google.cloud.http.HttpTransportOptions;
import io.platform.storage.bucket.StallWatchdog;
import io.platform.storage.bucket.WatchedRequest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/** Google's HTTP client, which reports the progress of its requests to {@link StallWatchdog}. */
final class GoogleTransport extends HttpTransportOptions {
  private static final long serialVersionUID = 1L;

  private final transient StallWatchdog watchdog;

  private GoogleTransport(HttpTransportOptions.Builder options, StallWatchdog watchdog) {
    super(options);
    this.watchdog = watchdog;
  }

  static GoogleTransport of(StallWatchdog watchdog) {
    NetHttpTransport transport =
        new NetHttpTransport.Builder().setConnectionFactory(url -> open(url, watchdog)).build();
    return new GoogleTransport(
        HttpTransportOptions.newBuilder()
            .setHttpTransportFactory(() -> transport)
            .setConnectTimeout((int) watchdog.settings().connect().toMillis())
            .setReadTimeout((int) watchdog.settings().stall().toMillis()),
        watchdog);
  }

  private static HttpURLConnection open(URL url, StallWatchdog watchdog) throws IOException {
    HttpURLConnection opened = (HttpURLConnection) url.openConnection();
    watchdog.current().attempt(opened::disconnect);
    return opened;
  }

  @Override
  public HttpRequestInitializer getHttpRequestInitializer(ServiceOptions<?, ?> options) {
    HttpRequestInitializer its = super.getHttpRequestInitializer(options);
    return request -> {
      its.initialize(request);
      watch(request);
    };
  }

  private void watch(HttpRequest request) {
    @Nullable HttpExecuteInterceptor before = request.getInterceptor();
    @Nullable HttpResponseInterceptor after = request.getResponseInterceptor();
    request.setInterceptor(sent -> {
      if (before != null) {
        before.intercept(sent);
      }
      @Nullable HttpContent body = sent.getContent();
      if (body != null && !(body instanceof Watched)) {
        sent.setContent(new Watched(body, watchdog));
      }
    });
    request.setResponseInterceptor(answer -> {
      watchdog.current().answered();
      if (after != null) {
        after.interceptResponse(answer);
      }
    });
  }

  private record Watched(HttpContent body, StallWatchdog watchdog) implements HttpContent {
    @Override
    public long getLength() throws IOException {
      return body.getLength();
    }

    @Override
    public @Nullable String getType() {
      return body.getType();
    }

    @Override
    public boolean retrySupported() {
      return body.retrySupported();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      WatchedRequest exchange = watchdog.current();
      exchange.sent();
      try {
        body.writeTo(new WatchedOutput(out, exchange));
      } catch (IOException e) {
        throw exchange.failed(e);
      } finally {
        exchange.sentAll();
      }
    }
  }

  private static final class WatchedOutput extends FilterOutputStream {
    private static final int PIECE = 64 * 1024;

    private final WatchedRequest exchange;

    WatchedOutput(OutputStream out, WatchedRequest exchange) {
      super(out);
      this.exchange = exchange;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      exchange.sent();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int done = 0; done < length; done += PIECE) {
        int n = Math.min(PIECE, length - done);
        out.write(bytes, offset + done, n);
        exchange.sent();
      }
    }
  }
}
