package io.platform.storage.s3;

import io.platform.storage.bucket.StallWatchdog;
import io.platform.storage.bucket.WatchedRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** The SDK's HTTP client, which reports the progress of its requests to {@link StallWatchdog}. */
final class S3Transport implements SdkHttpClient {
  private final SdkHttpClient client;
  private final StallWatchdog watchdog;

  S3Transport(SdkHttpClient client, StallWatchdog watchdog) {
    this.client = client;
    this.watchdog = watchdog;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    WatchedRequest exchange = watchdog.current();
    HttpExecuteRequest.Builder watched =
        HttpExecuteRequest.builder().request(request.httpRequest());
    request
        .contentStreamProvider()
        .ifPresent(
            body -> watched.contentStreamProvider(() -> new Watched(body.newStream(), exchange)));
    request.metricCollector().ifPresent(watched::metricCollector);
    return new Attempt(client.prepareRequest(watched.build()), exchange);
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    client.close();
  }

  private record Attempt(ExecutableHttpRequest request, WatchedRequest exchange)
      implements ExecutableHttpRequest {
    @Override
    public HttpExecuteResponse call() throws IOException {
      exchange.attempt(request::abort);
      try {
        HttpExecuteResponse answer = request.call();
        exchange.answered();
        return answer;
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        throw exchange.failed(e);
      }
    }

    @Override
    public void abort() {
      request.abort();
    }
  }

  /** A body: what is read next shows that what was read before has been sent. */
  private static final class Watched extends FilterInputStream {
    private final WatchedRequest exchange;

    Watched(InputStream body, WatchedRequest exchange) {
      super(body);
      this.exchange = exchange;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = in.read(bytes, offset, length);
      if (n < 0) {
        exchange.sentAll();
      } else {
        exchange.sent();
      }
      return n;
    }
  }
}
