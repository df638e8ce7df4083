package io.platform.domain.port;

import io.platform.domain.App;
import io.platform.domain.LogQuery;
import java.io.IOException;

/**
 * The logs of apps: what their processes write, what the platform did with them, and the requests
 * that they got, in the order in which it happened.
 */
public interface ProcessLogs {
  /**
   * Hands the lines that a query wants to a sink, oldest first, on the calling thread. With {@link
   * LogQuery#follow} it ends when the sink throws, the thread is interrupted, or the app is gone.
   * However slow the sink is, neither the app nor another reader waits for it: it is told how many
   * lines it lost.
   *
   * @throws IOException as the sink throws it, or where the log cannot be read; the message is for
   *     the operator
   */
  void read(App app, LogQuery query, ProcessLogSink sink) throws IOException, InterruptedException;
}
