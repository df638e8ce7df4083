package io.platform.build.intake;

import io.platform.build.Supervisor;
import io.platform.build.recovery.LeaseRenewer;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.Origin;
import io.platform.domain.Source;
import io.platform.domain.port.Builds.BuildInProgress;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The one way into a build, whoever sends its source: opens the build, stores the source, accepts
 * the build and has it supervised.
 */
public final class BuildIntake {
  private final BuildAdmission admission;
  private final SourceStore sources;
  private final Supervisor supervisor;

  /** Takes sources for the receiver that admits them. */
  public BuildIntake(BuildAdmission admission, SourceStore sources, Supervisor supervisor) {
    this.admission = admission;
    this.sources = sources;
    this.supervisor = supervisor;
  }

  /** By when a push is ended whose receiver is gone, at the latest. */
  public Duration abandonedAfter() {
    return admission.abandonedAfter();
  }

  /**
   * Makes an accepted build of a source. Where that fails, the build is ended. Where the receiver
   * of another push to the app may have died, it waits until that push is ended.
   *
   * @param sender who sends the source, once the build is opened
   * @param waiting told once if it waits for another push, with the longest time
   * @throws BuildInProgress where the app has a build that goes on; then there is no new one
   */
  public <R extends Exception, W extends SourceWriter<R>> IntakeResult<W> accept(
      App app, Origin origin, Function<Build, W> sender, Consumer<Duration> waiting)
      throws BuildInProgress {
    Build build = admission.open(app, origin, waiting);
    W writer = sender.apply(build);
    try {
      writer.begin();
      store(app, build, writer);
      writer.log().followable();
      supervisor.supervise(build.id());
      return new IntakeResult.Accepted<>(build, writer);
    } catch (Exception | Error e) {
      boolean ended = supervisor.giveUp(build.id(), new BuildEnd.Failed(writer.notAccepted(e)));
      return new IntakeResult.NotAccepted<>(
          build, writer, ended, e instanceof InterruptedException);
    }
  }

  private <R extends Exception> void store(App app, Build build, SourceWriter<R> writer)
      throws IOException, InterruptedException, R {
    try (LeaseRenewer.Renewal _ = admission.keep(build.id())) {
      Source source = sources.store(app, build.id(), writer);
      writer.stored();
      admission.accept(build.id(), source);
    }
  }
}
