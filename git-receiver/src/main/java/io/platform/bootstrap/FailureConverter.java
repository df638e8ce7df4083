package io.platform.bootstrap;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.platform.commons.disk.DiskFault;

/**
 * Writes what a log event failed by: a stack trace, but for a full disk a line, since where in the
 * code it was met tells the operator nothing. Named in {@code logback.xml}.
 */
public final class FailureConverter extends ThrowableProxyConverter {
  @Override
  public String convert(ILoggingEvent event) {
    return event.getThrowableProxy() instanceof ThrowableProxy failure
            && DiskFault.FULL.caused(failure.getThrowable())
        ? "  because the disk is full: %s%n".formatted(rootOf(failure.getThrowable()).getMessage())
        : super.convert(event);
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
