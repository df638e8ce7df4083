package io.platform.slug.build.buildpack;

import io.platform.slug.BadFormatException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Reads the YAML of {@code bin/release}: a map, of whose values those count that are maps of
 * scalars. A scalar is its text: a command {@code 8080} is no number.
 */
final class ReleaseYaml {
  private static final LoadSettings SETTINGS = LoadSettings.builder().build();

  private ReleaseYaml() {}

  /**
   * The maps in it by their names.
   *
   * @throws BadFormatException with the number of the line that cannot be read
   */
  static Map<String, Map<String, String>> read(List<String> output) throws BadFormatException {
    Map<String, Map<String, String>> maps = new LinkedHashMap<>();
    Optional<Node> document = firstDocument(String.join("\n", output));
    if (document.flatMap(ReleaseYaml::scalar).filter(text -> !text.isBlank()).isPresent()) {
      throw new BadFormatException("line 1: this is not `name: value`");
    }
    for (NodeTuple entry : document.map(ReleaseYaml::entries).orElse(List.of())) {
      scalar(entry.getKeyNode()).ifPresent(name -> maps.put(name, scalars(entry.getValueNode())));
    }
    return maps;
  }

  private static Optional<Node> firstDocument(String text) throws BadFormatException {
    try {
      Iterator<Node> documents = new Compose(SETTINGS).composeAllFromString(text).iterator();
      return documents.hasNext() ? Optional.of(documents.next()) : Optional.empty();
    } catch (MarkedYamlEngineException e) {
      String line =
          e.getProblemMark().map(mark -> "line %d: ".formatted(mark.getLine() + 1)).orElse("");
      throw new BadFormatException(line + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new BadFormatException(String.valueOf(e.getMessage()), e);
    }
  }

  private static List<NodeTuple> entries(Node node) {
    return node instanceof MappingNode map ? map.getValue() : List.of();
  }

  private static Map<String, String> scalars(Node map) {
    Map<String, String> scalars = new LinkedHashMap<>();
    for (NodeTuple entry : entries(map)) {
      scalar(entry.getKeyNode())
          .ifPresent(name ->
              scalar(entry.getValueNode())
                  .ifPresent(text -> scalars.put(name, text.stripTrailing())));
    }
    return scalars;
  }

  private static Optional<String> scalar(Node node) {
    return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
  }
}
