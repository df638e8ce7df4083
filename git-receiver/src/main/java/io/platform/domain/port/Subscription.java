package io.platform.domain.port;

/** A subscription; closing it ends it. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
