package io.platform.service;

import io.platform.domain.ObjectKeys;
import io.platform.domain.Origin;
import io.platform.domain.PushOption;
import io.platform.domain.Source;
import io.platform.domain.StoredObject;
import io.platform.domain.WebRule;
import io.platform.domain.port.Builds;
import io.platform.domain.port.Releases;
import io.platform.service.WorkloadRefused.Refusal;
import io.platform.slug.Blob;
import io.platform.slug.BuildJob;
import io.platform.storage.SignedUpload;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** What builders need: the job, the objects that they read, and room for those that they write. */
public final class BuilderService {
  /** What slugs are built for and run on. */
  private static final String STACK = "platform-1";

  private final Builds builds;
  private final Releases releases;
  private final ObjectUrls urls;
  private final ObjectKeys keys;
  private final BuildJob.Limits limits;

  /**
   * For the builders of these builds.
   *
   * @param limits what a build may take
   */
  public BuilderService(
      Builds builds, Releases releases, ObjectUrls urls, ObjectKeys keys, BuildJob.Limits limits) {
    this.builds = builds;
    this.releases = releases;
    this.urls = urls;
    this.keys = keys;
    this.limits = limits;
  }

  /**
   * What it has to do.
   *
   * @param report where it says how the build ended
   */
  public BuildJob job(BuilderAccess.Builder builder, URI report) {
    return new BuildJob(
        builder.build().id().value(),
        builder.app().path().name(),
        builder.app().path().namespace(),
        builder.build().origin().commitId(),
        STACK,
        blob(source(builder)),
        cache(builder).map(BuilderService::blob),
        builder.build().deadline().orElseThrow(() -> notAccepted(builder)),
        report,
        limits,
        WebRule.keepsWeb(builder.build().origin(), releases.live(builder.app())),
        builder.app().live().isEmpty(),
        builder.app().live().isEmpty()
            ? Optional.of(builds.secretSeed(builder.build().id()))
            : Optional.empty(),
        builder.app().buildpacks());
  }

  /** The URL of the source. */
  public String sourceUrl(BuilderAccess.Builder builder) throws IOException {
    return urls.read(source(builder));
  }

  /** The URL of the cache that the app's last build left. */
  public String cacheUrl(BuilderAccess.Builder builder) throws IOException {
    return urls.read(cache(builder).orElseThrow(() -> new WorkloadRefused(new Refusal.NoCache())));
  }

  /** Where it may store an object of this content. */
  public SignedUpload upload(BuilderAccess.Builder builder, BuilderUpload what, Blob content)
      throws IOException {
    if (content.size() > limits.slugBytes()) {
      throw new WorkloadRefused(new Refusal.TooLarge(what, content.size(), limits.slugBytes()));
    }
    String key =
        switch (what) {
          case SLUG -> keys.slug(builder.app(), builder.build().id());
          case CACHE -> keys.cache(builder.app(), builder.build().id());
        };
    return urls.write(key, content);
  }

  /** What the last build left, unless the push asks for a build without it. */
  private Optional<StoredObject> cache(BuilderAccess.Builder builder) {
    boolean unwanted =
        builder.build().origin() instanceof Origin.Push push
            && push.options().contains(PushOption.NO_CACHE);
    return unwanted ? Optional.empty() : builds.cache(builder.app().id());
  }

  private static StoredObject source(BuilderAccess.Builder builder) {
    return builder.build().source().map(Source::object).orElseThrow(() -> notAccepted(builder));
  }

  private static WorkloadRefused notAccepted(BuilderAccess.Builder builder) {
    return new WorkloadRefused(new Refusal.NotAccepted(builder.build().id()));
  }

  private static Blob blob(StoredObject object) {
    return new Blob(object.size(), object.sha256().hex());
  }
}
