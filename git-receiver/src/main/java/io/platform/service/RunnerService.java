package io.platform.service;

import io.platform.access.WorkloadTokens;
import io.platform.domain.App;
import io.platform.domain.Artifact;
import io.platform.domain.Release;
import io.platform.domain.ReleaseId;
import io.platform.domain.Sha256;
import io.platform.domain.StoredObject;
import io.platform.domain.port.Apps;
import io.platform.domain.port.Releases;
import io.platform.service.WorkloadRefused.Refusal;
import io.platform.slug.SlugProblem;
import java.io.IOException;
import java.util.Optional;

/** What runners need, as long as their release is wanted: its slug. */
public final class RunnerService {
  private final WorkloadTokens tokens;
  private final Releases releases;
  private final Apps apps;
  private final ObjectUrls urls;

  /** For those who hold one of these tokens. */
  public RunnerService(WorkloadTokens tokens, Releases releases, Apps apps, ObjectUrls urls) {
    this.tokens = tokens;
    this.releases = releases;
    this.apps = apps;
    this.urls = urls;
  }

  /** Where a slug can be read, and what it is. */
  public record SlugUrl(String url, Sha256 digest) {}

  /** The release of a runner; {@code authorization} is the field of its request with the token. */
  public Release wanted(Optional<String> authorization, ReleaseId id) {
    ReleaseId granted =
        tokens
            .release(authorization)
            .orElseThrow(() -> new WorkloadRefused(new Refusal.NoRunnerToken()));
    Release release =
        Optional.of(id)
            .filter(granted::equals)
            .flatMap(releases::find)
            .orElseThrow(() -> new WorkloadRefused(new Refusal.NoSuchRelease(id)));
    Optional<?> version = Optional.of(release.version());
    Optional<App> app = apps.find(release.app()).filter(a -> a.status() == App.Status.ACTIVE);
    if (app.isEmpty()
        || !(app.get().desired().equals(version) || app.get().live().equals(version))) {
      throw new WorkloadRefused(new Refusal.NotWanted(release.version()));
    }
    return release;
  }

  /** The slug of a release. */
  public SlugUrl slug(Release release) throws IOException {
    if (release.removed()) {
      throw new WorkloadRefused(new Refusal.SlugRemoved());
    }
    return switch (release.artifact()) {
      case Artifact.Slug(StoredObject object) -> new SlugUrl(urls.read(object), object.sha256());
      case Artifact.Image image -> throw new WorkloadRefused(new Refusal.NoSlug());
    };
  }

  /** Records why a runner could not fetch the slug; empty where it does not say. */
  public void recordProblem(Release release, Optional<SlugProblem> problem) {
    releases.setSlugProblem(release.id(), problem);
  }
}
