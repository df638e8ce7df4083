package io.platform.proxy;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;

/**
 * Gives every request an id that the app can log; a client's own id is kept if it is a single plain
 * word.
 */
final class RequestIds {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:/+=-]{1,200}");

  private RequestIds() {}

  static String of(HttpFields headers) {
    List<String> given = headers.getValuesList(ForwardedHeaders.REQUEST_ID);
    return given.size() == 1 && PLAIN.matcher(given.getFirst()).matches()
        ? given.getFirst()
        : UUID.randomUUID().toString();
  }
}
