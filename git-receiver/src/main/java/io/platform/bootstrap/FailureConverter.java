package io.platform.bootstrap;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.platform.commons.disk.DiskFault;

/**
 * Writes what a log event failed by: a stack trace, but for a disk that is full or cannot be
 * written a line, since where in the code it was met tells the operator nothing. Named in {@code
 * logback.xml}.
 */
public final class FailureConverter extends ThrowableProxyConverter {
  @Override
  public String convert(ILoggingEvent event) {
    if (!(event.getThrowableProxy() instanceof ThrowableProxy proxy)) {
      return super.convert(event);
    }
    Throwable failure = proxy.getThrowable();
    return DiskFault.of(failure)
        .map(fault -> "  %s: %s%n".formatted(because(fault), rootOf(failure).getMessage()))
        .orElseGet(() -> super.convert(event));
  }

  private static String because(DiskFault fault) {
    return switch (fault) {
      case FULL -> "because the disk is full";
      case NOT_WRITABLE -> "because the disk fails or is read-only";
    };
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
