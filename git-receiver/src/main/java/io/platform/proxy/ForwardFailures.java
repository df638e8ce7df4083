package io.platform.proxy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Handles apps that do not answer, or not completely: another attempt, an error page, or an aborted
 * response.
 */
final class ForwardFailures {
  private static final int ATTEMPTS = 4;

  private final Retry retry;

  /** Sends a request again. */
  interface Retry {
    boolean handle(org.eclipse.jetty.server.Request request, Response response, Callback callback);
  }

  ForwardFailures(Retry retry) {
    this.retry = retry;
  }

  void answer(
      AppRequest request,
      Request outgoing,
      Response response,
      Callback callback,
      Throwable failure) {
    if (response.isCommitted()) {
      cut(request, response);
      callback.failed(failure);
      return;
    }
    response.reset();
    if (request.bodyFailed()) {
      if (failure instanceof TimeoutException) {
        ErrorPageWriter.write(request, response, callback, ErrorPage.REQUEST_TIMEOUT, request.id());
      } else {
        callback.failed(failure);
      }
    } else if (stale(request, outgoing, failure)) {
      request.flight().moveOn();
      retry.handle(request, response, callback);
    } else if ((notSent(request, failure) || brokenOff(request, failure))
        && request.flight().moveOn()) {
      retry.handle(request, response, callback);
    } else {
      ErrorPageWriter.write(request, response, callback, page(failure), request.id());
    }
  }

  private static ErrorPage page(Throwable failure) {
    return switch (failure) {
      case ConnectException refused -> ErrorPage.NOT_ANSWERING;
      case SocketTimeoutException notConnected -> ErrorPage.NOT_ANSWERING;
      case RejectedExecutionException full -> ErrorPage.NOT_ANSWERING;
      case TimeoutException late -> ErrorPage.TIMEOUT;
      default -> ErrorPage.BAD_GATEWAY;
    };
  }

  /**
   * There was no connection: the process that was chosen has just ended, or is too busy to accept
   * one. Another one of the app gets the request.
   */
  private static boolean notSent(AppRequest request, Throwable failure) {
    return (failure instanceof ConnectException || failure instanceof SocketTimeoutException)
        && request.bodyWhole()
        && request.attempts() < ATTEMPTS;
  }

  /**
   * The app closed a kept connection at the moment that this request was sent on it: nothing was
   * answered, so it is sent again, to another process where there is one.
   */
  private static boolean stale(AppRequest request, Request outgoing, Throwable failure) {
    return failure instanceof IOException
        && request.repeatable()
        && request.attempts() < ATTEMPTS
        && outgoing.getConnection() instanceof Connection connection
        && connection.getMessagesOut() > 1;
  }

  /**
   * The process ended before it answered. Another one gets the request, but no third: a request
   * that ends every process that gets it must not end them all.
   */
  private static boolean brokenOff(AppRequest request, Throwable failure) {
    return failure instanceof IOException && request.repeatable() && request.attempts() == 1;
  }

  /**
   * An answer that ends with its connection looks complete when the connection is closed in order;
   * so it is reset.
   */
  private static void cut(AppRequest request, Response response) {
    boolean framed = request.http11() || response.getHeaders().contains(HttpHeader.CONTENT_LENGTH);
    EndPoint client = request.clientEndPoint();
    if (!framed && client.getTransport() instanceof SocketChannel channel) {
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException alreadyClosed) {
        return;
      }
    }
  }
}
