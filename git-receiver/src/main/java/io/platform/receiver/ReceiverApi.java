package io.platform.receiver;

import io.platform.access.Authenticator;
import io.platform.access.RunSpecs;
import io.platform.api.Api;
import io.platform.api.ApiConfig;
import io.platform.api.ApiUsers;
import io.platform.api.AppApi;
import io.platform.api.DeployApi;
import io.platform.api.ProcessApi;
import io.platform.api.WorkloadApi;
import io.platform.bootstrap.PlatformServices;
import io.platform.buildlog.LogFollower;
import io.platform.commons.shutdown.LongRequests;
import io.platform.domain.port.PageFetcher;
import io.platform.domain.port.RunningProcesses;
import io.platform.domain.port.Stores;
import io.platform.retention.Retention;

/** Composes the REST API. */
public final class ReceiverApi {
  private ReceiverApi() {}

  /**
   * An API for these services.
   *
   * @param retention decides what is kept
   * @param processes what runs of the apps
   * @param pages fetches the pages that apps show during maintenance
   * @param requests tell when the server stops
   */
  public static Api create(
      ApiConfig config,
      PlatformServices services,
      Authenticator authenticator,
      LogFollower follower,
      Retention retention,
      RunningProcesses processes,
      PageFetcher pages,
      LongRequests requests) {
    Stores stores = services.stores();
    ApiUsers users = new ApiUsers(authenticator, stores.apps(), config.addresses().base());
    return new Api(
        new AppApi(config, users, stores, services.lifecycle(), processes.states(), pages),
        new DeployApi(users, stores, services.lifecycle(), follower, retention),
        new ProcessApi(
            config.users(),
            users,
            stores,
            new RunSpecs(services.tokens(), config.addresses().platformUrl()),
            processes,
            requests),
        new WorkloadApi(
            config.addresses().reportsUrl(),
            config.workloads(),
            stores,
            new WorkloadApi.Objects(services.objects(), services.keys(), services.direct()),
            services.tokens()));
  }
}
