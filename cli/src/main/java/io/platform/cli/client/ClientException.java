package io.platform.cli.client;

import java.util.Optional;

/** A request failed; the message is a sentence for the user. */
public abstract sealed class ClientException extends Exception {

  private final String sentence;

  private ClientException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  @Override
  public String getMessage() {
    return sentence;
  }

  /** No answer: no such host, nobody listens, time is up, the connection broke. */
  public static final class Unreachable extends ClientException {
    public Unreachable(String message) {
      super(message);
    }
  }

  /** Something answers, and it is no Platform server. */
  public static final class NotAPlatform extends ClientException {
    public NotAPlatform(String message) {
      super(message);
    }
  }

  /** The server does not (or no longer) accept the token, or there is none. */
  public static final class Unauthorized extends ClientException {
    public Unauthorized(String message) {
      super(message);
    }
  }

  /** There is no such thing, or the user may not see it. */
  public static final class NotFound extends ClientException {
    public NotFound(String message) {
      super(message);
    }
  }

  /** The proxy that the environment names cannot be used, or does not let the request through. */
  public static final class ProxyFailed extends ClientException {
    private final String advice;

    public ProxyFailed(String message, String advice) {
      super(message);
      this.advice = advice;
    }

    /** What to do about it. */
    public String advice() {
      return advice;
    }
  }

  /** Any other refusal, with its HTTP status. */
  public static final class Refused extends ClientException {
    private final int status;
    private final Optional<String> code;

    public Refused(int status, Optional<String> code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }

    public int status() {
      return status;
    }

    /** The error code of OAuth (RFC 6749, section 5.2), where the answer had one. */
    public Optional<String> code() {
      return code;
    }
  }
}
