package io.platform.testing.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The JSON Schemas of an OpenAPI document: draft 2020-12, with references to its components. */
final class BodySchemas {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final JsonMetaSchema DIALECT =
      JsonMetaSchema.builder(JsonMetaSchema.getV202012())
          .keyword(new NonValidationKeyword("components"))
          .build();

  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(VersionFlag.V202012, builder -> builder.metaSchema(DIALECT));
  private final SchemaValidatorsConfig config =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
  private final Map<JsonNode, JsonSchema> read = new ConcurrentHashMap<>();
  private final JsonNode components;

  BodySchemas(JsonNode components) {
    this.components = components.deepCopy();
    close(this.components);
  }

  /** What a body has that no media type of this {@code content} object allows. */
  List<String> mismatches(JsonNode content, RecordedExchange.Body body) {
    if (body.type().isEmpty()) {
      return List.of("there is no Content-Type");
    }
    String type = body.type().get().replaceFirst(";.*", "").strip();
    JsonNode media = content.path(type);
    if (media.isMissingNode()) {
      return List.of("openapi.json has no Content-Type %s here".formatted(type));
    }
    boolean json = type.equals("application/json") || type.endsWith("+json");
    if (!json || !media.has("schema")) {
      return List.of();
    }
    try {
      return mismatches(media.path("schema"), JSON.readTree(body.text()));
    } catch (IOException e) {
      return List.of("the body is no JSON: " + e.getMessage());
    }
  }

  /** What of a value its schema does not allow, each with its path in the value. */
  List<String> mismatches(JsonNode schema, JsonNode value) {
    return read.computeIfAbsent(schema, this::compile).validate(value).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  private JsonSchema compile(JsonNode schema) {
    ObjectNode whole = schema.deepCopy();
    close(whole);
    whole.set("components", components);
    return factory.getSchema(whole, config);
  }

  /**
   * Lets objects have the members alone that they describe. In the document they are open, so that
   * clients bear members that a later version adds.
   */
  private static void close(JsonNode schema) {
    schema.forEach(BodySchemas::close);
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
  }
}
