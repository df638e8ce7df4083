package io.platform.persistence;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.Config;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RolloutEnd;
import java.util.Optional;

/** How the roll-out of a release ends: once. */
final class RolloutEnds {
  private final ReleaseWrites writes;

  RolloutEnds(ReleaseWrites writes) {
    this.writes = writes;
  }

  void write(Transaction tx, AppId id, ReleaseVersion version, RolloutEnd end) {
    App app = AppRows.get(tx.sql(), id);
    Optional<Release> found = ReleaseRows.find(tx.sql(), id, version);
    if (found.isEmpty() || found.get().status() != Release.Status.PENDING) {
      return;
    }
    Release release = found.get();
    if (!app.desired().equals(Optional.of(version))) {
      ReleaseWrites.end(
          tx, release, Release.Status.SUPERSEDED, Optional.of("Another release was wanted."));
      return;
    }
    switch (end) {
      case RolloutEnd.Live live -> live(tx, app, release);
      case RolloutEnd.Failed failed -> failed(tx, app, release, failed.message());
      case RolloutEnd.Superseded superseded -> {
        // Nothing but this release is wanted: it stays pending, and is rolled out again.
      }
    }
  }

  private void live(Transaction tx, App app, Release release) {
    ReleaseWrites.end(tx, release, Release.Status.LIVE, Optional.empty());
    tx.sql()
        .execute(
            "UPDATE app SET live = ? WHERE id = ?", release.version().number(), app.id().value());
    if (app.live().isEmpty()) {
      applyConfigSetMeanwhile(tx, app.id(), release);
    }
  }

  /**
   * Before the first release is live a config change has nothing to make a release of, so it is
   * made up for now.
   */
  private void applyConfigSetMeanwhile(Transaction tx, AppId id, Release first) {
    Config wanted = AppRows.config(tx.sql(), id);
    if (!wanted.equals(first.config())) {
      String cause = ReleaseDescription.reconfigured(first.config(), wanted);
      writes.desire(
          tx, id, ReleaseWrites.Draft.again(ReleaseKind.CONFIG, first, wanted, cause, first.by()));
    }
  }

  private static void failed(Transaction tx, App app, Release release, String message) {
    ReleaseWrites.end(tx, release, Release.Status.FAILED, Optional.of(message));
    tx.sql()
        .execute(
            "UPDATE app SET desired = ? WHERE id = ?",
            app.live().map(ReleaseVersion::number),
            app.id().value());
    if (ReleaseRows.kind(tx.sql(), release) != ReleaseKind.DEPLOY) {
      app.live()
          .flatMap(live -> ReleaseRows.find(tx.sql(), app.id(), live))
          .ifPresent(live -> ReleaseWrites.setConfig(tx, app.id(), live.config()));
    }
  }
}
