package io.platform.auth.http;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.Enumeration;

/**
 * Finds the address of the client that sent a request.
 *
 * @param forwardedFor whether a trusted proxy stands in front, which adds the client's address to
 *     the header of that name
 */
record ClientAddress(boolean forwardedFor) {

  String of(Context context) {
    Enumeration<String> fields = context.req().getHeaders("X-Forwarded-For");
    if (!forwardedFor || !fields.hasMoreElements()) {
      return context.ip();
    }
    // Some proxies add a field of their own after those of the client (RFC 9110, 5.3).
    String last = Collections.list(fields).getLast();
    return last.substring(last.lastIndexOf(',') + 1).strip();
  }
}
