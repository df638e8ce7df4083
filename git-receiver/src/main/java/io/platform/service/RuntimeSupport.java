package io.platform.service;

import io.platform.domain.RuntimeFeature;
import io.platform.domain.port.ProcessStates;

/** Refuses what would have no effect where the apps run. */
final class RuntimeSupport {
  private RuntimeSupport() {}

  static void require(ProcessStates processes, RuntimeFeature feature) {
    if (!processes.features().contains(feature)) {
      throw new RequestRefused(RequestRefused.Reason.CONFLICT, sentence(feature));
    }
  }

  private static String sentence(RuntimeFeature feature) {
    return switch (feature) {
      case SCALING ->
          "This server runs one web process of each app and cannot scale yet. Nothing was changed.";
      case RESTARTS ->
          "This server cannot restart processes yet. Nothing was changed; a config change restarts the app.";
      case SIZES ->
          "This server cannot limit the memory and CPU of a single process, so a size would have no effect. Nothing was changed.";
    };
  }
}
