package io.platform.commons.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.stream.Collectors;

/** JSON as this platform speaks it: snake_case names, times as RFC 3339, UTF-8. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Json() {}

  /** A value as compact JSON. */
  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON for this", e);
    }
  }

  /** Answers with a value. */
  public static void answer(Context ctx, int status, Object value) {
    ctx.status(status);
    ctx.contentType("application/json");
    ctx.result(bytes(value));
  }

  /**
   * Reads the request's body.
   *
   * @param maxBytes what a body may have at most
   * @throws Problem where there is none, it is too large, or it is not of this shape
   */
  public static <T> T body(Context ctx, Class<T> type, int maxBytes) throws IOException {
    byte[] body = Bodies.read(ctx, maxBytes);
    if (body.length == 0) {
      throw new Problem(400, "The request has no body: send a JSON object.");
    }
    return parse(body, type);
  }

  /**
   * Reads JSON that a request brought.
   *
   * @throws Problem where it is not of this shape
   */
  public static <T> T parse(byte[] body, Class<T> type) throws IOException {
    try {
      T value = MAPPER.readValue(body, type);
      if (value == null) {
        throw new Problem(400, "The request's body is null: send a JSON object.");
      }
      return value;
    } catch (UnrecognizedPropertyException e) {
      throw new Problem(
          400,
          "The request's body has a member '%s' that is not known here; known are: %s."
              .formatted(e.getPropertyName(), known(e)));
    } catch (JsonMappingException e) {
      throw new Problem(
          400,
          "The request's body is not as expected%s: see the documentation of this API."
              .formatted(at(e)));
    } catch (JacksonException e) {
      throw new Problem(400, "The request's body is not well-formed JSON, or has a member twice.");
    }
  }

  private static String known(UnrecognizedPropertyException e) {
    return e.getKnownPropertyIds() == null
        ? "none"
        : e.getKnownPropertyIds().stream()
            .map(String::valueOf)
            .sorted()
            .collect(Collectors.joining(", "));
  }

  private static String at(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(r -> r.getFieldName() == null ? String.valueOf(r.getIndex()) : r.getFieldName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "" : " at '" + path + "'";
  }
}
