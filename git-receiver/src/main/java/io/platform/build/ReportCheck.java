package io.platform.build;

import io.platform.commons.console.TerminalText;
import io.platform.domain.App;
import io.platform.domain.Artifact;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.ObjectKeys;
import io.platform.domain.ReportMismatch;
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
      throw new Mismatch(new ReportMismatch.OtherBuild(TerminalText.inline(report.build()), build));
    }
    return switch (report) {
      case BuildReport.Failed failed ->
          new BuildEnd.Failed(
              new BuildFailureCause.Reported(
                  failed.exitCode(), ReportedText.message(failed.message())));
      case BuildReport.Succeeded succeeded ->
          new BuildEnd.Succeeded(
              new Artifact.Slug(
                  stored(ReportMismatch.Kind.SLUG, keys.slug(app, build), succeeded.slug())),
              succeeded.cache().isPresent()
                  ? Optional.of(
                      stored(
                          ReportMismatch.Kind.CACHE,
                          keys.cache(app, build),
                          succeeded.cache().get()))
                  : Optional.empty(),
              succeeded.buildpack(),
              succeeded.processTypes(),
              succeeded.appJson());
    };
  }

  private StoredObject stored(ReportMismatch.Kind kind, String key, Blob stated)
      throws Mismatch, IOException {
    StoredObject object =
        stored.find(key).orElseThrow(() -> new Mismatch(new ReportMismatch.NotStored(kind)));
    if (object.size() != stated.size() || !object.sha256().hex().equals(stated.sha256())) {
      throw new Mismatch(
          new ReportMismatch.OtherObject(
              kind, object.size(), object.sha256().hex(), stated.size(), stated.sha256()));
    }
    return object;
  }

  /** The report and the stored objects disagree. */
  public static final class Mismatch extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ReportMismatch mismatch;

    private Mismatch(ReportMismatch mismatch) {
      super(mismatch.toString());
      this.mismatch = mismatch;
    }

    /** How. */
    public ReportMismatch mismatch() {
      return mismatch;
    }
  }
}
