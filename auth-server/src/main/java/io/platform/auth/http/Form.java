package io.platform.auth.http;

import io.javalin.http.Context;
import io.platform.commons.http.Bodies;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of an OAuth request (RFC 6749, 3.2): from the body only, as a URL would be logged;
 * each once; an empty one is as good as none.
 */
final class Form {

  private final Map<String, String> values;

  private Form(Map<String, String> values) {
    this.values = values;
  }

  static Form of(Context context) throws OAuthError, IOException {
    String type = context.contentType();
    if (type == null
        || !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
      throw OAuthError.invalidRequest(
          "The parameters go in the body, as application/x-www-form-urlencoded.");
    }
    byte[] body = Bodies.read(context, RequestHandling.LARGEST_BODY);
    return parse(new String(body, StandardCharsets.UTF_8));
  }

  private static Form parse(String body) throws OAuthError {
    Map<String, String> values = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        continue;
      }
      String name = decode(pair.substring(0, equals));
      if (values.put(name, decode(pair.substring(equals + 1))) != null) {
        throw OAuthError.invalidRequest("A parameter is there more than once.");
      }
    }
    return new Form(values);
  }

  private static String decode(String text) throws OAuthError {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw OAuthError.invalidRequest(
          "The parameters are not encoded as application/x-www-form-urlencoded.");
    }
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  String required(String name) throws OAuthError {
    return optional(name)
        .orElseThrow(() -> OAuthError.invalidRequest("The parameter " + name + " is missing."));
  }

  /** Those of these names, as Nimbus takes them; others have no meaning here. */
  Map<String, List<String>> parameters(Set<String> names) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (String name : names) {
      optional(name).ifPresent(value -> parameters.put(name, List.of(value)));
    }
    return parameters;
  }
}
