package io.platform.domain.port;

/** Ends what was subscribed to. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
