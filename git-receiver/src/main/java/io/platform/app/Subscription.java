package io.platform.app;

/** Ends what was subscribed to. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
