package io.platform.persistence.json;

import io.platform.domain.Formation;
import io.platform.domain.ProcessSize;
import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import java.util.Optional;

/**
 * A formation as JSON: by process type its quantity, memory (bytes) and CPU (thousandths of a
 * core), each where somebody has said.
 */
public final class FormationJson {
  private FormationJson() {}

  public static JsonObject write(Formation formation) {
    JsonObject json = new JsonObject();
    for (String type : formation.types()) {
      ProcessSize size = formation.size(type);
      json.with(
          type,
          new JsonObject()
              .with("quantity", formation.scaledTo(type).map(Integer::longValue).orElse(null))
              .with("memory", size.memory().orElse(null))
              .with("milli_cpu", size.milliCpu().map(Integer::longValue).orElse(null)));
    }
    return json;
  }

  public static Formation read(JsonObject json) throws BadFormatException {
    Formation formation = Formation.UNSCALED;
    for (String type : json.names()) {
      JsonObject scale = json.object(type);
      formation =
          formation.withSize(
              type,
              new ProcessSize(
                  scale.optionalNumber("memory"),
                  scale.optionalNumber("milli_cpu").map(Math::toIntExact)));
      Optional<Long> quantity = scale.optionalNumber("quantity");
      if (quantity.isPresent()) {
        formation = formation.withQuantity(type, Math.toIntExact(quantity.get()));
      }
    }
    return formation;
  }
}
