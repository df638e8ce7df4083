package io.platform.receiver;

import io.platform.build.Supervisor;
import io.platform.domain.App;
import io.platform.domain.Artifact;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.Origin;
import io.platform.domain.Sha256;
import io.platform.domain.StoredObject;
import io.platform.domain.port.Stores;
import io.platform.git.repository.Repositories;
import io.platform.slug.ProcessTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/** Ends builds as a test says: live at once, unless it was told to hold or to fail them. */
final class ScriptedSupervisor implements Supervisor {
  private final Stores stores;
  private final Repositories repositories;
  private final Supervisor real;
  private final BlockingQueue<BuildId> begun = new LinkedBlockingQueue<>();
  private final Semaphore mayEnd = new Semaphore(0);
  private volatile boolean holds;
  private volatile boolean fails;
  private volatile boolean breaks;

  ScriptedSupervisor(Stores stores, Repositories repositories, Supervisor real) {
    this.stores = stores;
    this.repositories = repositories;
    this.real = real;
  }

  /** From now on builds wait for {@link #release}. */
  void hold() {
    holds = true;
  }

  /** From now on builds fail. */
  void fail() {
    fails = true;
  }

  /** From now on builds cannot even be begun. */
  void breakDown() {
    breaks = true;
  }

  /** From now on builds go live again. */
  void mend() {
    breaks = false;
    fails = false;
  }

  /** Lets one build end. */
  void release() {
    mayEnd.release();
  }

  /** Waits for the next build that begins. */
  BuildId begun() throws InterruptedException {
    return begun.take();
  }

  @Override
  public void supervise(BuildId build) {
    if (breaks) {
      throw new IllegalStateException("the supervisor is broken");
    }
    Thread.ofVirtual().start(() -> drive(build));
  }

  @Override
  public boolean giveUp(BuildId build, BuildEnd.Failed why) {
    return real.giveUp(build, why);
  }

  private void drive(BuildId id) {
    try {
      stores.builds().running(id);
      stores.log().append(id, "test", "begun", "-----> Building");
      begun.add(id);
      if (holds) {
        mayEnd.acquire();
      }
      Build build = stores.builds().find(id).orElseThrow();
      App app = stores.apps().find(build.app()).orElseThrow();
      if (fails) {
        settleFailed(app, build);
      } else {
        settleLive(app, build);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void settleFailed(App app, Build build) throws IOException {
    stores
        .builds()
        .end(build.id(), new BuildEnd.Failed(new BuildFailureCause.Reported(20, "npm failed.")));
    repositories.unpin(app, build.id());
    stores.log().append(build.id(), "test", "end", " !     npm failed.");
    stores
        .builds()
        .settle(
            build.id(),
            Build.Outcome.rejected(new DeployFailureCause.StoredSentence("npm failed.")));
  }

  private void settleLive(App app, Build build) throws IOException {
    StoredObject slug = new StoredObject("slug/" + build.id(), 1, new Sha256("ab".repeat(32)));
    stores
        .builds()
        .end(
            build.id(),
            new BuildEnd.Succeeded(
                new Artifact.Slug(slug),
                Optional.empty(),
                "Node.js",
                new ProcessTypes(Map.of("web", "node index.js"))));
    repositories.move(app, (Origin.Push) build.origin());
    repositories.unpin(app, build.id());
    stores
        .log()
        .append(build.id(), "test", "end", "-----> Released, running at http://shop.localhost/");
    stores.builds().settle(build.id(), Build.Outcome.ofDeployed());
  }
}
