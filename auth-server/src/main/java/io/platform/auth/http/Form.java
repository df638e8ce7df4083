package io.platform.auth.http;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.javalin.http.Context;
import java.net.URI;
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

  /** A parser of one of Nimbus' messages. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(HTTPRequest request) throws ParseException;
  }

  static Form of(Context context) throws OAuthError {
    String type = context.contentType();
    if (type == null
        || !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
      throw OAuthError.invalidRequest(
          "The parameters go in the body, as application/x-www-form-urlencoded.");
    }
    try {
      return parse(new String(RequestBody.read(context), StandardCharsets.UTF_8));
    } catch (BodyRefused e) {
      throw OAuthError.of(e);
    }
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

  /**
   * Reads one of Nimbus' messages from these parameters alone: others have no meaning here, and are
   * not parsed.
   *
   * @param endpoint the URL that the request was sent to
   * @param client who sends it, whether by a secret or not
   */
  <T> T read(String endpoint, String client, Set<String> names, Parser<T> parser)
      throws OAuthError {
    Map<String, List<String>> parameters = new HashMap<>();
    names.forEach(name -> optional(name).ifPresent(value -> parameters.put(name, List.of(value))));
    parameters.put("client_id", List.of(client));
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, URI.create(endpoint));
    request.setEntityContentType(ContentType.APPLICATION_URLENCODED);
    request.setBody(URLUtils.serializeParameters(parameters));
    try {
      return parser.parse(request);
    } catch (ParseException e) {
      throw OAuthError.of(e);
    }
  }
}
