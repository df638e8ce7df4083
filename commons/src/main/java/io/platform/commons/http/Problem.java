package io.platform.commons.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ends a request with a problem document (RFC 9457). The detail is a sentence that the caller may
 * read.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, Object> members = new LinkedHashMap<>();
  private final transient Map<String, String> headers = new LinkedHashMap<>();

  /**
   * A problem.
   *
   * @param detail what was tried, why it failed, what to do next
   */
  public Problem(int status, String detail) {
    super(detail, null, false, false);
    this.status = status;
  }

  /** There is no such thing, or the caller may not know of it. */
  public static Problem notFound(String detail) {
    return new Problem(404, detail);
  }

  /** Adds a member of its own to the document; returns this. */
  public Problem with(String name, Object value) {
    members.put(name, value);
    return this;
  }

  /** Adds a header to the answer; returns this. */
  public Problem header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The sentence. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  Map<String, Object> members() {
    return members;
  }

  /** Headers of the answer. */
  public Map<String, String> headers() {
    return Map.copyOf(headers);
  }
}
