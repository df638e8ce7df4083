package io.platform.auth.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** JSON as all of the platform writes it: snake_case, moments in RFC 3339. */
final class Json {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .build();

  private Json() {}

  static void answer(Context context, int status, Object body) {
    answer(context, status, "application/json", body);
  }

  static void answer(Context context, int status, String type, Object body) {
    try {
      context.status(status).contentType(type).result(MAPPER.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a request's body. */
  static <T> T read(Context context, Class<T> type) throws Problem {
    String contentType = context.contentType();
    if (contentType == null
        || !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw Problem.of(
          415, "The body of this request is JSON; send it with Content-Type: application/json.");
    }
    try {
      T value = MAPPER.readValue(RequestBody.read(context), type);
      if (value == null) {
        throw Problem.of(400, "The body of the request is null; send a JSON object.");
      }
      return value;
    } catch (BodyRefused e) {
      throw Problem.of(e.status(), e.sentence());
    } catch (IOException e) {
      throw Problem.of(
          400,
          "The body of the request is not the JSON object that this call takes; see docs/auth.md.");
    }
  }
}
