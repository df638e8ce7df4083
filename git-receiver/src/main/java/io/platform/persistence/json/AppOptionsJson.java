package io.platform.persistence.json;

import io.platform.domain.AppFeature;
import io.platform.domain.AppOptions;
import io.platform.domain.ProcessShare;
import io.platform.domain.RolloutOptions;
import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import java.time.Duration;
import java.util.Optional;

/** An app's options as JSON. A feature that this version does not know is left out. */
public final class AppOptionsJson {
  private static final String FEATURES = "features";
  private static final String MAX_SURGE = "max_surge";
  private static final String MAX_UNAVAILABLE = "max_unavailable";
  private static final String STOP_GRACE = "stop_grace_seconds";

  private AppOptionsJson() {}

  public static JsonObject write(AppOptions options) {
    JsonObject json = new JsonObject();
    JsonObject features = new JsonObject();
    options.features().forEach(feature -> features.with(feature.word(), 1));
    json.with(FEATURES, features);
    RolloutOptions rollout = options.rollout();
    rollout.maxSurge().ifPresent(share -> json.with(MAX_SURGE, share.toString()));
    rollout.maxUnavailable().ifPresent(share -> json.with(MAX_UNAVAILABLE, share.toString()));
    rollout.stopGrace().ifPresent(time -> json.with(STOP_GRACE, time.toSeconds()));
    return json;
  }

  public static AppOptions read(JsonObject json) throws BadFormatException {
    AppOptions options = AppOptions.NONE;
    for (String word : json.optionalObject(FEATURES).orElseGet(JsonObject::new).names()) {
      Optional<AppFeature> feature = AppFeature.parse(word);
      if (feature.isPresent()) {
        options = options.with(feature.get(), true);
      }
    }
    return options.with(
        new RolloutOptions(
            share(json, MAX_SURGE),
            share(json, MAX_UNAVAILABLE),
            json.optionalNumber(STOP_GRACE).map(Duration::ofSeconds)));
  }

  private static Optional<ProcessShare> share(JsonObject json, String name)
      throws BadFormatException {
    Optional<String> text = json.optionalString(name);
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ProcessShare.parse(text.get())
                .orElseThrow(() -> new BadFormatException("no share of processes: " + text)));
  }
}
