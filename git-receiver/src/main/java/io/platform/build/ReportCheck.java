package io.platform.build;

import io.platform.domain.App;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildId;
import io.platform.domain.ObjectKeys;
import io.platform.domain.StoredObject;
import io.platform.domain.port.StoredObjects;
import io.platform.slug.Blob;
import io.platform.slug.BuildReport;
import java.io.IOException;
import java.util.Optional;

/**
 * Turns what a builder reports into how its build ends, after a look at what is stored: a release
 * names only what is there.
 */
public final class ReportCheck {
  private final ObjectKeys keys;
  private final StoredObjects stored;

  /** Checks against these objects. */
  public ReportCheck(ObjectKeys keys, StoredObjects stored) {
    this.keys = keys;
    this.stored = stored;
  }

  /**
   * The end that the report speaks of.
   *
   * @throws Mismatch where it names what is not stored under the build's own keys
   */
  public BuildEnd check(App app, BuildId build, BuildReport report) throws Mismatch, IOException {
    if (!report.build().equals(build.value())) {
      throw new Mismatch(
          "The report is about build %s, and this is build %s.".formatted(report.build(), build));
    }
    return switch (report) {
      case BuildReport.Failed failed ->
          new BuildEnd.Failed(
              Optional.of(failed.exitCode()), ReportedText.message(failed.message()));
      case BuildReport.Succeeded succeeded ->
          new BuildEnd.Succeeded(
              stored("slug", keys.slug(app, build), succeeded.slug()),
              succeeded.cache().isPresent()
                  ? Optional.of(stored("cache", keys.cache(app, build), succeeded.cache().get()))
                  : Optional.empty(),
              succeeded.buildpack(),
              succeeded.processTypes());
    };
  }

  private StoredObject stored(String what, String key, Blob stated) throws Mismatch, IOException {
    StoredObject object =
        stored
            .find(key)
            .orElseThrow(() ->
                new Mismatch(
                    "No %s is stored for this build: upload it, then report.".formatted(what)));
    if (object.size() != stated.size() || !object.sha256().hex().equals(stated.sha256())) {
      throw new Mismatch(
          "The %s that is stored has %d bytes and SHA-256 %s; the report states %d bytes and %s: upload it again, then report."
              .formatted(what, object.size(), object.sha256(), stated.size(), stated.sha256()));
    }
    return object;
  }

  /** The report and the stored objects disagree; a sentence that says how. */
  public static final class Mismatch extends Exception {
    private static final long serialVersionUID = 1L;

    private Mismatch(String message) {
      super(message);
    }
  }
}
