package io.platform.cli.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * JSON as trees: what the server sends is shown as it came, and a few fields of it are read. The
 * trees are read and written here and not by an {@code ObjectMapper}, which takes longer to make
 * than the rest of a command to run. Measured with AOT caches, medians of 20 runs in turn, in
 * processor time: {@code version} 60 ms here, 61 with jackson-jr 2.21, 62 with avaje-jsonb 3.5;
 * {@code apps} 143, 151 and 139 ms.
 */
public final class JsonTree {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonTree() {}

  public static ObjectNode object() {
    return NODES.objectNode();
  }

  /** The tree of the text; a missing node where it is no JSON. */
  public static JsonNode parse(String text) {
    try (var parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        return NODES.missingNode();
      }
      var tree = value(parser);
      return parser.nextToken() == null ? tree : NODES.missingNode();
    } catch (IOException notJson) {
      return NODES.missingNode();
    }
  }

  private static JsonNode value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        var object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          var name = parser.currentName();
          parser.nextToken();
          object.set(name, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        var array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  /** The tree on one line. */
  public static String compact(JsonNode tree) {
    var text = new StringWriter();
    try (var generator = FACTORY.createGenerator(text)) {
      write(tree, generator);
    } catch (IOException impossible) {
      throw new UncheckedIOException("a tree cannot be written", impossible);
    }
    return text.toString();
  }

  /** The tree as people and {@code jq} read it. */
  public static String pretty(JsonNode tree) {
    var text = new StringWriter();
    try (var generator = FACTORY.createGenerator(text)) {
      generator.setPrettyPrinter(
          new DefaultPrettyPrinter().withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE));
      write(tree, generator);
    } catch (IOException impossible) {
      throw new UncheckedIOException("a tree cannot be written", impossible);
    }
    return text.toString();
  }

  private static void write(JsonNode tree, JsonGenerator generator) throws IOException {
    switch (tree.getNodeType()) {
      case OBJECT -> {
        generator.writeStartObject();
        for (var field : tree.properties()) {
          generator.writeFieldName(field.getKey());
          write(field.getValue(), generator);
        }
        generator.writeEndObject();
      }
      case ARRAY -> {
        generator.writeStartArray();
        for (var element : tree) {
          write(element, generator);
        }
        generator.writeEndArray();
      }
      case STRING -> generator.writeString(tree.textValue());
      case NUMBER -> generator.writeNumber(tree.asText());
      case BOOLEAN -> generator.writeBoolean(tree.booleanValue());
      default -> generator.writeNull();
    }
  }

  /** A field's text; empty where it is missing or null. */
  public static Optional<String> text(JsonNode tree, String field) {
    return text(tree.path(field));
  }

  static Optional<String> text(JsonNode value) {
    return value.isValueNode() && !value.isNull() && !value.isMissingNode()
        ? Optional.of(value.asText())
        : Optional.empty();
  }

  /** A field's texts in an array of objects. */
  public static List<String> texts(JsonNode array, String field) {
    return list(array, it -> it.path(field).asText());
  }

  /** The texts of an array. */
  public static List<String> strings(JsonNode array) {
    return list(array, JsonNode::asText);
  }

  /** The names of an object's fields, in their order. */
  public static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  static <T> List<T> list(JsonNode array, Function<JsonNode, T> each) {
    return StreamSupport.stream(array.spliterator(), false).map(each).toList();
  }
}
