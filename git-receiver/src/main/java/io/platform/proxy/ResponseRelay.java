package io.platform.proxy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Hands an app's answer to the client, header by header and chunk by chunk. */
final class ResponseRelay implements Response.Listener {
  private final AppRequest request;
  private final org.eclipse.jetty.server.Response response;
  private final Callback callback;
  private final FirstByteTimeouts.Wait firstByte;
  private final Duration idle;
  private final ForwardFailures failures;
  private @Nullable ResponseCopier copier;

  /**
   * @param idle how long both connections may be silent once the answer has begun
   */
  ResponseRelay(
      AppRequest request,
      org.eclipse.jetty.server.Response response,
      Callback callback,
      FirstByteTimeouts.Wait firstByte,
      Duration idle,
      ForwardFailures failures) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.firstByte = firstByte;
    this.idle = idle;
    this.failures = failures;
  }

  @Override
  public void onBegin(Response answer) {
    firstByte.end();
    allowSilence(answer.getRequest());
    response.setStatus(answer.getStatus());
  }

  /** From here on a quiet connection is nothing strange. */
  private void allowSilence(Request outgoing) {
    request.clientEndPoint().setIdleTimeout(idle.toMillis());
    if (outgoing.getConnection() instanceof Connection connection) {
      connection.getEndPoint().setIdleTimeout(idle.toMillis());
    }
  }

  @Override
  public void onHeaders(Response answer) {
    if (switchesProtocolUnasked(answer)) {
      return;
    }
    HttpFields received = answer.getHeaders();
    HttpFields.Mutable to = response.getHeaders();
    copyHeaders(received, to);
    setAffinityCookie(to);
    if (request.http11() && mayHaveBody(answer) && !received.contains(HttpHeader.CONTENT_LENGTH)) {
      // Also to clients that close: an answer that is ended by closing the connection cannot be
      // seen to be cut.
      to.put(HttpHeader.TRANSFER_ENCODING, "chunked");
      response.setTrailersSupplier(answer::getTrailers);
    }
  }

  /** Where the client does not know yet which process answers it. */
  private void setAffinityCookie(HttpFields.Mutable to) {
    Optional<String> known = SessionAffinity.idIn(request.getHeaders());
    request
        .flight()
        .affinityId()
        .filter(id -> !Optional.of(id).equals(known))
        .ifPresent(
            id -> to.add(HttpHeader.SET_COOKIE, SessionAffinity.cookie(id, request.isSecure())));
  }

  static void copyHeaders(HttpFields received, HttpFields.Mutable to) {
    Set<String> listed = ForwardedHeaders.listedInConnection(received);
    Set<String> seen = new HashSet<>();
    for (HttpField field : received) {
      if (ForwardedHeaders.oneHop(field, listed)) {
        continue;
      }
      if (seen.add(field.getLowerCaseName())) {
        // What the server has put there of itself (Date) gives way to what the app says.
        to.put(field);
      } else {
        to.add(field);
      }
    }
  }

  /**
   * A "101" to a request that asked for an upgrade never comes here: {@link ProtocolUpgrade} takes
   * it.
   */
  private static boolean switchesProtocolUnasked(Response answer) {
    return answer.getStatus() == HttpStatus.SWITCHING_PROTOCOLS_101;
  }

  private boolean mayHaveBody(Response answer) {
    int status = answer.getStatus();
    return !HttpMethod.HEAD.is(request.getMethod())
        && status != HttpStatus.NO_CONTENT_204
        && status != HttpStatus.NOT_MODIFIED_304;
  }

  @Override
  public void onContentSource(Response answer, Content.Source source) {
    if (switchesProtocolUnasked(answer)) {
      return;
    }
    ResponseCopier started = new ResponseCopier(answer, source, response);
    copier = started;
    started.iterate();
  }

  @Override
  public void onComplete(Result result) {
    firstByte.end();
    ResponseCopier started = copier;
    if (started == null) {
      if (switchesProtocolUnasked(result.getResponse())) {
        result.getRequest().getConnection().close();
      }
      failed(result);
      return;
    }
    if (result.isFailed()) {
      started.stop(result.getFailure());
    }
    var _ = started.written().whenComplete((done, failure) -> completed(result, failure));
  }

  private void completed(Result result, @Nullable Throwable failure) {
    if (failure == null) {
      callback.succeeded();
    } else if (result.isFailed()) {
      failed(result);
    } else {
      callback.failed(failure);
    }
  }

  private void failed(Result result) {
    Throwable failure =
        result.getFailure() == null
            ? new IllegalStateException("an answer without content")
            : result.getFailure();
    failures.answer(request, result.getRequest(), response, callback, failure);
  }
}
