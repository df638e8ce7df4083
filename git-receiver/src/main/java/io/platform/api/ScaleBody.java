package io.platform.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platform.domain.FormationChange;
import io.platform.domain.FormationChange.Change;
import io.platform.domain.FormationChange.Quantity;
import io.platform.domain.FormationChange.Size;
import io.platform.service.ScaleRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The body of a change of the formation: by process type a quantity or a change of it, and a size.
 * What it does not say stays as it is.
 */
final class ScaleBody {
  private static final Set<String> MEMBERS = Set.of("quantity", "change", "memory", "cpu", "size");
  private static final BigDecimal MOST_CORES = BigDecimal.valueOf(1_000_000);

  private final List<String> errors = new ArrayList<>();

  private ScaleBody() {}

  static ScaleRequest read(ObjectNode json) {
    return new ScaleBody().request(json);
  }

  private ScaleRequest request(ObjectNode json) {
    SortedMap<String, Change> changes = new TreeMap<>();
    json.properties()
        .forEach(member -> {
          if (member.getValue() instanceof ObjectNode change) {
            changes.put(member.getKey(), change(member.getKey(), change));
          } else {
            errors.add("What is to change of %s is no object.".formatted(member.getKey()));
          }
        });
    if (changes.isEmpty() && errors.isEmpty()) {
      errors.add("Nothing is to be changed: name at least one process type.");
    }
    return new ScaleRequest(new FormationChange(changes), errors);
  }

  private Change change(String type, ObjectNode json) {
    json.fieldNames()
        .forEachRemaining(name -> {
          if (!MEMBERS.contains(name)) {
            errors.add(
                "%s has a member '%s' that is not known here; known are: change, cpu, memory, quantity, size."
                    .formatted(type, name));
          }
        });
    return new Change(quantity(type, json), size(type, json));
  }

  private Optional<Quantity> quantity(String type, ObjectNode json) {
    if (json.has("quantity") && json.has("change")) {
      errors.add("%s has both a quantity and a change of it: send one of them.".formatted(type));
      return Optional.empty();
    }
    return number(type, json, "quantity")
        .<Quantity>map(Quantity.Exactly::new)
        .or(() -> number(type, json, "change").map(Quantity.By::new));
  }

  private Optional<Integer> number(String type, ObjectNode json, String member) {
    JsonNode value = json.get(member);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isInt()) {
      errors.add("The %s of %s is no whole number.".formatted(member, type));
      return Optional.empty();
    }
    return Optional.of(value.intValue());
  }

  private Optional<Size> size(String type, ObjectNode json) {
    boolean limits = json.has("memory") || json.has("cpu");
    if (json.has("size")) {
      if (limits || !json.get("size").asText().equals("standard")) {
        errors.add(
            "The size of %s can only be \"standard\", without memory and cpu.".formatted(type));
      }
      return Optional.of(new Size.Standard());
    }
    return limits
        ? Optional.of(new Size.Limits(memory(type, json), milliCpu(type, json)))
        : Optional.empty();
  }

  private Optional<Long> memory(String type, ObjectNode json) {
    JsonNode value = json.get("memory");
    if (value == null) {
      return Optional.empty();
    }
    Optional<Long> bytes =
        value.isIntegralNumber() && value.canConvertToLong()
            ? Optional.of(value.longValue())
            : value.isTextual() ? MemorySize.parse(value.textValue()) : Optional.empty();
    if (bytes.isEmpty()) {
      errors.add(
          "The memory of %s is neither a number of bytes nor a text like 512M or 2G."
              .formatted(type));
    }
    return bytes;
  }

  private Optional<Long> milliCpu(String type, ObjectNode json) {
    JsonNode value = json.get("cpu");
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isNumber() || value.decimalValue().abs().compareTo(MOST_CORES) > 0) {
      errors.add("The cpu of %s is no number of cores, such as 0.5.".formatted(type));
      return Optional.empty();
    }
    return Optional.of(
        value.decimalValue().movePointRight(3).setScale(0, RoundingMode.HALF_UP).longValue());
  }
}
