package io.platform.proxy;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.platform.domain.MaintenancePage;
import io.platform.domain.port.PageFetcher;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.util.Promise;

/**
 * Fetches pages by HTTP. It connects to the addresses that it has checked, so that a host name
 * which leads elsewhere a moment later gains nothing; redirects are checked likewise.
 */
public final class HttpPageFetcher implements PageFetcher {
  private final PageLimits limits;
  private final Predicate<InetAddress> allowed;

  /**
   * A fetcher within limits.
   *
   * @param allowed to which addresses it may connect
   */
  public HttpPageFetcher(PageLimits limits, Predicate<InetAddress> allowed) {
    this.limits = limits;
    this.allowed = allowed;
  }

  @Override
  public MaintenancePage fetch(URI url) throws NotFetched, InterruptedException {
    HttpClient client = new HttpClient();
    client.setSocketAddressResolver((host, port, _, addresses) -> resolve(host, port, addresses));
    client.setMaxRedirects(limits.redirects());
    client.setConnectTimeout(limits.time().toMillis());
    try {
      client.start();
      try {
        return page(url, answer(client.newRequest(url)));
      } finally {
        client.stop();
      }
    } catch (NotFetched | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client does not start or stop", e);
    }
  }

  private void resolve(String host, int port, Promise<List<InetSocketAddress>> addresses) {
    try {
      List<InetSocketAddress> reachable =
          Stream.of(InetAddress.getAllByName(host.replaceAll("^\\[|]$", "")))
              .filter(allowed)
              .map(address -> new InetSocketAddress(address, port))
              .toList();
      if (reachable.isEmpty()) {
        addresses.failed(new UnknownHostException(host));
      } else {
        addresses.succeeded(reachable);
      }
    } catch (UnknownHostException e) {
      addresses.failed(e);
    }
  }

  private ContentResponse answer(Request request) throws NotFetched, InterruptedException {
    request.timeout(limits.time().toMillis(), MILLISECONDS);
    try {
      return new CompletableResponseListener(request, limits.bytes())
          .send()
          .get(2 * limits.time().toMillis(), MILLISECONDS);
    } catch (TimeoutException e) {
      throw new NotFetched(Problem.NO_ANSWER, "");
    } catch (ExecutionException e) {
      throw notFetched(e.getCause() == null ? e : e.getCause());
    }
  }

  private NotFetched notFetched(Throwable cause) {
    return switch (cause) {
      case UnknownHostException _ -> new NotFetched(Problem.NO_PUBLIC_ADDRESS, "");
      case HttpResponseException e ->
          new NotFetched(Problem.STATUS, Integer.toString(e.getResponse().getStatus()));
      case IllegalArgumentException _ ->
          new NotFetched(Problem.TOO_LARGE, Integer.toString(limits.bytes()));
      default -> new NotFetched(Problem.NO_ANSWER, "");
    };
  }

  private MaintenancePage page(URI url, ContentResponse answer) throws NotFetched {
    if (answer.getStatus() != 200) {
      throw new NotFetched(Problem.STATUS, Integer.toString(answer.getStatus()));
    }
    if (!"text/html".equalsIgnoreCase(answer.getMediaType())) {
      throw new NotFetched(
          Problem.NO_HTML, Optional.ofNullable(answer.getMediaType()).orElse("unknown"));
    }
    return new MaintenancePage(url, new String(answer.getContent(), charset(answer)));
  }

  private static Charset charset(ContentResponse answer) {
    try {
      return Optional.ofNullable(answer.getEncoding())
          .map(Charset::forName)
          .orElse(StandardCharsets.UTF_8);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }
}
