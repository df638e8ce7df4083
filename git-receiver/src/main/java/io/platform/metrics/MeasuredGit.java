package io.platform.metrics;

import io.platform.commons.metrics.RequestMetrics;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Measures the requests that the git remote handles; {@link
 * io.platform.commons.metrics.RequestMetrics} measures the others.
 */
final class MeasuredGit implements Filter {
  private static final String REPOSITORY = "/{namespace}/{app}.git/";
  private static final List<String> SERVICES =
      List.of("info/refs", "git-upload-pack", "git-receive-pack");
  private static final List<String> METHODS = List.of("GET", "POST");
  private static final String OTHER = "other";

  private final Filter filter;
  private final RequestMetrics requests;

  MeasuredGit(Filter filter, RequestMetrics requests) {
    this.filter = filter;
    this.requests = requests;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    AtomicBoolean passed = new AtomicBoolean();
    long begin = System.nanoTime();
    filter.doFilter(
        request,
        response,
        (req, resp) -> {
          passed.set(true);
          chain.doFilter(req, resp);
        });
    if (!passed.get()
        && request instanceof HttpServletRequest req
        && response instanceof HttpServletResponse resp) {
      requests.record(
          METHODS.contains(req.getMethod()) ? req.getMethod() : OTHER,
          route(req.getRequestURI()),
          resp.getStatus(),
          Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private static String route(String uri) {
    return SERVICES.stream()
        .filter(service -> uri.endsWith("/" + service))
        .findFirst()
        .map(service -> REPOSITORY + service)
        .orElse(REPOSITORY + OTHER);
  }
}
