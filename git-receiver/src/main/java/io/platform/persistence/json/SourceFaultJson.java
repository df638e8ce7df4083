package io.platform.persistence.json;

import io.platform.domain.SourceFault;
import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Faults of a pushed tree as JSON. */
final class SourceFaultJson {
  private SourceFaultJson() {}

  static JsonObject write(SourceFault fault) {
    return switch (fault) {
      case SourceFault.Offence(var kind, var paths, int count) ->
          new JsonObject()
              .with("kind", EnumWords.write(kind))
              .with("paths", paths)
              .with("count", count);
      case SourceFault.OverLimit(var limit, long most, var path) ->
          new JsonObject()
              .with("limit", EnumWords.write(limit))
              .with("most", most)
              .with("path", path);
    };
  }

  static List<SourceFault> read(List<@Nullable Object> json) throws BadFormatException {
    List<SourceFault> faults = new ArrayList<>();
    for (Object fault : json) {
      if (!(fault instanceof JsonObject object)) {
        throw new BadFormatException("a fault is not an object");
      }
      faults.add(read(object));
    }
    return faults;
  }

  private static SourceFault read(JsonObject json) throws BadFormatException {
    if (json.has("limit")) {
      return new SourceFault.OverLimit(
          EnumWords.read(SourceFault.Limit.class, json.string("limit")),
          json.number("most"),
          json.string("path"));
    }
    return new SourceFault.Offence(
        EnumWords.read(SourceFault.Kind.class, json.string("kind")),
        json.list("paths").stream().map(String::valueOf).toList(),
        Math.toIntExact(json.number("count")));
  }
}
