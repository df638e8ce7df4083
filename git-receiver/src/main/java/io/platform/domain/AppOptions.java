package io.platform.domain;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** The options of an app that its developers choose. It belongs to the app, not to a release. */
public record AppOptions(SortedSet<AppFeature> features, RolloutOptions rollout) {
  /** Nothing was chosen. */
  public static final AppOptions NONE = new AppOptions(new TreeSet<>(), RolloutOptions.DEFAULTS);

  /** Copies the set. */
  public AppOptions {
    features = Collections.unmodifiableSortedSet(new TreeSet<>(features));
  }

  /** Whether the app has a feature. */
  public boolean has(AppFeature feature) {
    return features.contains(feature);
  }

  /** These, with a feature or without it. */
  public AppOptions with(AppFeature feature, boolean enabled) {
    SortedSet<AppFeature> changed = new TreeSet<>(features);
    if (enabled) {
      changed.add(feature);
    } else {
      changed.remove(feature);
    }
    return new AppOptions(changed, rollout);
  }

  /** These, with other options for roll-outs. */
  public AppOptions with(RolloutOptions changed) {
    return new AppOptions(features, changed);
  }
}
