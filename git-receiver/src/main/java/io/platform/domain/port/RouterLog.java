package io.platform.domain.port;

/** Takes one entry for each request that the proxy has answered. */
@FunctionalInterface
public interface RouterLog {
  /** Never blocks, and may leave requests out rather than slow them down. */
  void add(RoutedRequest request);

  /** Keeps nothing. */
  static RouterLog none() {
    return request -> {};
  }
}
