package io.platform.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Something that apps can have where their developers want it. */
public enum AppFeature {
  /** Processes have Heroku's variables of app and release. */
  HEROKU_METADATA("Give processes HEROKU_APP_NAME, HEROKU_RELEASE_VERSION and Heroku's other ones"),
  /** Requests with the same cookie go to the same web process. */
  SESSION_AFFINITY("Send all requests of a browser to the same web process, by a cookie"),
  /** Visitors who come over HTTP are sent to HTTPS. */
  FORCE_HTTPS("Redirect visitors from HTTP to HTTPS, where their domain has a certificate"),
  /** Workers of two releases may run at the same time. */
  OVERLAPPING_WORKERS("Start the workers of a release before those of the old one have ended");

  private final String description;

  AppFeature(String description) {
    this.description = description;
  }

  /** As users write it: {@code heroku-metadata}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it does, in a sentence without a full stop. */
  public String description() {
    return description;
  }

  /** The feature that a user means; empty where there is none. */
  public static Optional<AppFeature> parse(String word) {
    return Arrays.stream(values()).filter(feature -> feature.word().equals(word)).findFirst();
  }

  /** The feature that was probably meant by a word that is none. */
  public static Optional<String> likely(String word) {
    return SimilarNames.closest(word, words());
  }

  /** All that there are, as users write them. */
  public static List<String> words() {
    return Arrays.stream(values()).map(AppFeature::word).toList();
  }
}
