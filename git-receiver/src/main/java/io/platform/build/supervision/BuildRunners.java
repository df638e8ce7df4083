package io.platform.build.supervision;

import io.platform.domain.BuildId;
import io.platform.domain.BuilderKind;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.BuildSpec;
import io.platform.domain.port.BuilderEvent;
import io.platform.domain.port.Subscription;
import java.util.function.Consumer;

/** Runs each build with the build runner of its kind of builder. */
public final class BuildRunners implements BuildRunner {
  private final BuildRunner slug;

  /**
   * With the runners that the installation has.
   *
   * @param slug runs the platform's own builders
   */
  public BuildRunners(BuildRunner slug) {
    this.slug = slug;
  }

  @Override
  public void launch(BuildSpec spec) throws LaunchFailed {
    of(spec.origin().builder()).launch(spec);
  }

  private BuildRunner of(BuilderKind kind) {
    return switch (kind) {
      case BuilderKind.Slug builder -> slug;
      case BuilderKind.CloudNative(String image) ->
          throw new UnsupportedOperationException(
              "This installation cannot run the Cloud Native Buildpacks builder %s."
                  .formatted(image));
    };
  }

  @Override
  public Subscription watch(Consumer<BuilderEvent> consumer) {
    return slug.watch(consumer);
  }

  @Override
  public void cancel(BuildId id) {
    slug.cancel(id);
  }
}
