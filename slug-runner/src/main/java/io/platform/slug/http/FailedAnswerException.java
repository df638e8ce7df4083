package io.platform.slug.http;

import java.io.IOException;

/** A server did not do what it was asked for; asking again may help. */
public final class FailedAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean platform;
  private final int status;
  private final String detail;

  private FailedAnswerException(boolean platform, int status, String detail, String message) {
    super(message);
    this.platform = platform;
    this.status = status;
    this.detail = detail;
  }

  static FailedAnswerException ofPlatform(int status, String detail) {
    return new FailedAnswerException(true, status, detail, "the platform answered " + detail);
  }

  static FailedAnswerException ofStore(int status) {
    String detail = "HTTP status " + status;
    return new FailedAnswerException(false, status, detail, "the object store answered " + detail);
  }

  /** Whether it was the platform; otherwise the object store. */
  public boolean isPlatforms() {
    return platform;
  }

  /** HTTP's. */
  public int status() {
    return status;
  }

  /** What the server said, or else the status in words. */
  public String detail() {
    return detail;
  }
}
