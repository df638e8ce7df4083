package io.platform.storage;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpRetryException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of failures of a request to a store.
 *
 * @param detail for people; what it is depends on the kind
 */
public record StoreError(Kind kind, String detail) {
  /** The kinds that need different words. */
  public enum Kind {
    /** There is no such bucket. */
    NO_BUCKET,
    /** The bucket is in another region: the detail, where the store tells it. */
    WRONG_REGION,
    /** The credentials do not allow it. */
    DENIED,
    /** The store does not know the credentials. */
    BAD_CREDENTIALS,
    /** None were found. */
    NO_CREDENTIALS,
    /** The clocks differ. */
    CLOCK,
    /** No connection: the detail says why. */
    UNREACHABLE,
    /** Nothing came or went in time. */
    TOO_SLOW,
    /** The connection broke. */
    BROKEN,
    /** The store refuses for now: the detail is its answer. */
    BUSY,
    /** The store has no room. */
    FULL,
    /** The upload was given up meanwhile. */
    ABORTED,
    /** There is another object of the name meanwhile. */
    REPLACED,
    /** There is an object already. */
    EXISTS,
    /** There is no such object. */
    MISSING,
    /** The bytes are not the right ones: the detail says how. */
    DAMAGED,
    /** Anything else: the detail is what the store said. */
    OTHER
  }

  public static StoreError of(Kind kind) {
    return new StoreError(kind, "");
  }

  public static StoreError of(Kind kind, String detail) {
    return new StoreError(kind, detail);
  }

  /** What a connection's failure was; the cause of causes is looked for. */
  public static StoreError broken(Throwable failure) {
    return connection(failure)
        .orElseGet(() -> of(Kind.BROKEN, String.valueOf(failure.getMessage())));
  }

  /** What is wrong with a connection that is behind an exception, if one is. */
  public static Optional<StoreError> connection(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
      Optional<StoreError> error =
          switch (cause) {
            case UnknownHostException e ->
                Optional.of(of(Kind.UNREACHABLE, "its host name is not known"));
            case ConnectException e -> Optional.of(of(Kind.UNREACHABLE, "it refuses connections"));
            case NoRouteToHostException e ->
                Optional.of(of(Kind.UNREACHABLE, "there is no route to it"));
            case SocketTimeoutException e when ErrorText.CONNECT_TIMED_OUT.isIn(e) ->
                Optional.of(of(Kind.UNREACHABLE, "it does not answer"));
            case SocketTimeoutException e -> Optional.of(of(Kind.TOO_SLOW));
            case SSLException e ->
                Optional.of(of(Kind.UNREACHABLE, "TLS failed: " + String.valueOf(e.getMessage())));
            case EOFException e -> Optional.of(of(Kind.BROKEN));
            case HttpRetryException e -> Optional.of(of(Kind.BROKEN));
            case IOException e when ErrorText.CONNECTION_LOST.isIn(e) ->
                Optional.of(of(Kind.BROKEN));
            default -> Optional.empty();
          };
      if (error.isPresent()) {
        return error;
      }
    }
    return Optional.empty();
  }
}
