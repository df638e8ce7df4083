package io.platform.auth.http;

import io.javalin.http.Context;

/**
 * Finds the address of the client that sent a request.
 *
 * @param forwardedFor whether a trusted proxy stands in front, which adds the client's address to
 *     the header of that name
 */
record ClientAddress(boolean forwardedFor) {

  String of(Context context) {
    String header = forwardedFor ? context.header("X-Forwarded-For") : null;
    if (header == null) {
      return context.ip();
    }
    return header.substring(header.lastIndexOf(',') + 1).strip();
  }
}
