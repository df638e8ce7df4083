package io.platform.storage;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Recognises failures that libraries report only in the text of an exception, without a type,
 * status or code. Compared without regard to case.
 */
public enum ErrorText {
  /** The JDK, and the HTTP clients on it: a connection ended while it was used. */
  CONNECTION_LOST("reset", "broken pipe", "end of file", "closed"),
  /** The JDK: a {@link java.net.SocketTimeoutException} before there was a connection. */
  CONNECT_TIMED_OUT("connect timed out"),
  /** The AWS SDK: none of its providers has credentials. */
  NO_AWS_CREDENTIALS("unable to load credentials"),
  /** Google's token endpoint (RFC 6749, section 5.2), whose answer is quoted in the exception. */
  GOOGLE_CREDENTIALS_REFUSED("invalid_grant", "invalid_client"),
  /** Google's token endpoint: why it answers invalid_grant, where that is the time of the token. */
  GOOGLE_TOKEN_TIME("iat"),
  /** Cloud Storage: a 403 for a quota of the project's. */
  GOOGLE_QUOTA("quota"),
  /** Cloud Storage: a 404 for the bucket; for an object it has the same reason. */
  GOOGLE_NO_BUCKET("bucket does not exist", "no such bucket");

  private static final int DEPTH = 10;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> texts;

  ErrorText(String... texts) {
    this.texts = List.of(texts);
  }

  /** Whether the message of the exception itself has one of the texts. */
  public boolean isIn(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return texts.stream().anyMatch(message::contains);
  }

  /** Whether the exception or one of its causes has one of the texts. */
  public boolean isInCausesOf(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEPTH; depth++, cause = cause.getCause()) {
      if (isIn(cause)) {
        return true;
      }
    }
    return false;
  }
}
