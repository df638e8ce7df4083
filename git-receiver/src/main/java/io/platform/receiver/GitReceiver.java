package io.platform.receiver;

import io.javalin.config.JavalinConfig;
import io.platform.access.Authenticator;
import io.platform.access.Permissions;
import io.platform.api.Api;
import io.platform.app.BuildRunner;
import io.platform.app.InstanceId;
import io.platform.app.LogFollower;
import io.platform.app.ProcessStates;
import io.platform.app.PublicUrls;
import io.platform.app.Stores;
import io.platform.receiver.build.BuildSupervisor;
import io.platform.receiver.http.GitFilter;
import io.platform.receiver.pack.PackReceiver;
import io.platform.receiver.push.PushHook;
import io.platform.receiver.push.PushPipeline;
import io.platform.receiver.repo.Repositories;
import io.platform.retention.Caretaker;
import io.platform.server.Foundation;
import jakarta.servlet.Filter;
import java.time.Clock;
import java.util.UUID;

/**
 * The first half of the flow, from a push to a build that ended, wired: git, the API, the
 * supervisor of builds, and what looks after what is kept.
 */
public final class GitReceiver implements AutoCloseable {
  private final BuildSupervisor supervisor;
  private final Caretaker caretaker;
  private final GitFilter git;
  private final Api api;

  /** A receiver that serves once its doors are mounted, and does nothing before {@link #start}. */
  public GitReceiver(
      GitReceiverConfig config,
      Foundation foundation,
      Repositories repositories,
      Authenticator authenticator,
      BuildRunner builds,
      ProcessStates processes) {
    Stores stores = foundation.stores();
    this.supervisor =
        new BuildSupervisor(
            config.supervisor(),
            stores,
            new BuildSupervisor.Storage(
                repositories, foundation.objects(), foundation.keys(), foundation.reports()),
            builds,
            foundation.tokens(),
            new PublicUrls(config.addresses().publicUrl()));
    this.caretaker =
        new Caretaker(config.retention(), stores, foundation.objects(), foundation.keys());
    supervisor.whenSettled(caretaker::settled);
    PushPipeline pipeline =
        new PushPipeline(
            new PushPipeline.Parts(
                stores,
                new LogFollower(
                    stores.builds(), stores.log(), stores.signals(), foundation.objects()::open),
                repositories,
                foundation.objects(),
                foundation.keys(),
                supervisor),
            config.pushes(),
            new InstanceId(UUID.randomUUID().toString()),
            Clock.systemUTC());
    this.git =
        new GitFilter(
            authenticator,
            new Permissions(stores.apps()),
            repositories,
            new PushHook(pipeline),
            config.pushes(),
            config.fetches(),
            new PackReceiver(config.packs()),
            config.addresses().publicUrl());
    this.api =
        new Api(
            config.api(),
            stores,
            new Api.Access(authenticator, foundation.tokens()),
            new Api.Objects(foundation.objects(), foundation.keys(), foundation.direct()),
            processes);
  }

  /** Git's smart HTTP, for paths of its shape. */
  public Filter git() {
    return git;
  }

  /** Adds the API's routes. */
  public void register(JavalinConfig javalin) {
    api.register(javalin);
  }

  /** Repairs what an earlier process left, takes up its builds, and removes what is not kept. */
  public void start() {
    supervisor.start();
    caretaker.start();
  }

  /** Stops driving builds; the next start takes them up. */
  @Override
  public void close() {
    caretaker.close();
    supervisor.close();
  }
}
