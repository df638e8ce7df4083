package io.platform.persistence.json;

import io.platform.domain.ProcessSelector;
import io.platform.domain.Restart;
import io.platform.domain.Restarts;
import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Restarts as JSON: by manner and selector the time in milliseconds. */
public final class RestartsJson {
  private RestartsJson() {}

  public static JsonObject write(Restarts restarts) {
    JsonObject json = new JsonObject();
    for (Restart.Manner manner : Restart.Manner.values()) {
      JsonObject times = new JsonObject();
      for (Restart restart : restarts.requests()) {
        if (restart.manner() == manner) {
          times.with(restart.selector().toString(), restart.at().toEpochMilli());
        }
      }
      if (!times.names().isEmpty()) {
        json.with(EnumWords.write(manner), times);
      }
    }
    return json;
  }

  public static Restarts read(JsonObject json) throws BadFormatException {
    List<Restart> restarts = new ArrayList<>();
    for (Restart.Manner manner : Restart.Manner.values()) {
      JsonObject times = json.optionalObject(EnumWords.write(manner)).orElseGet(JsonObject::new);
      for (String selector : times.names()) {
        restarts.add(
            new Restart(
                ProcessSelector.parse(selector)
                    .orElseThrow(() -> new BadFormatException("no processes: " + selector)),
                manner,
                Instant.ofEpochMilli(times.number(selector))));
      }
    }
    return new Restarts(restarts);
  }
}
