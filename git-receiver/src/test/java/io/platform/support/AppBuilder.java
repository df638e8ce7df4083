package io.platform.support;

import io.platform.domain.App;
import io.platform.domain.AppId;
import io.platform.domain.AppLocation;
import io.platform.domain.AppOptions;
import io.platform.domain.AppPath;
import io.platform.domain.DomainName;
import io.platform.domain.Formation;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.Restarts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Makes apps for tests: new ones that nobody has configured, and copies that differ. */
public final class AppBuilder {
  private final AppId id;
  private final String customer;
  private final AppPath path;
  private AppLocation location;
  private Optional<String> deployBranch = Optional.empty();
  private String host;
  private SortedSet<DomainName> domains = new TreeSet<>();
  private boolean maintenance;
  private Optional<ReleaseVersion> desired = Optional.empty();
  private Optional<ReleaseVersion> live = Optional.empty();
  private Formation formation = Formation.UNSCALED;
  private Restarts restarts = Restarts.NONE;
  private AppOptions options = AppOptions.NONE;
  private App.Status status = App.Status.ACTIVE;
  private Instant createdAt = Instant.EPOCH;

  private AppBuilder(AppId id, String customer, AppPath path) {
    this.id = id;
    this.customer = customer;
    this.path = path;
    this.location = AppLocation.of(customer, path);
    this.host = path.name() + "-" + path.namespace() + ".example.com";
  }

  /** An app that was never pushed to nor renamed. */
  public static AppBuilder of(String id, String customer, String namespace, String name) {
    return new AppBuilder(new AppId(id), customer, new AppPath(namespace, name));
  }

  /** The same app, to be changed. */
  public static AppBuilder from(App app) {
    AppBuilder same = new AppBuilder(app.id(), app.customer(), app.path());
    same.location = app.location();
    same.deployBranch = app.deployBranch();
    same.host = app.host();
    same.domains = app.domains();
    same.maintenance = app.maintenance();
    same.desired = app.desired();
    same.live = app.live();
    same.formation = app.formation();
    same.restarts = app.restarts();
    same.options = app.options();
    same.status = app.status();
    same.createdAt = app.createdAt();
    return same;
  }

  /** Where its things are kept, where that is not under its name. */
  public AppBuilder location(AppLocation where) {
    location = where;
    return this;
  }

  public AppBuilder deployBranch(Optional<String> ref) {
    deployBranch = ref;
    return this;
  }

  public AppBuilder host(String name) {
    host = name;
    return this;
  }

  public AppBuilder domains(String... names) {
    domains = new TreeSet<>(Set.of(names).stream().map(DomainName::new).toList());
    return this;
  }

  public AppBuilder maintenance(boolean on) {
    maintenance = on;
    return this;
  }

  public AppBuilder desired(Optional<ReleaseVersion> version) {
    desired = version;
    return this;
  }

  public AppBuilder live(Optional<ReleaseVersion> version) {
    live = version;
    return this;
  }

  public AppBuilder formation(Formation wanted) {
    formation = wanted;
    return this;
  }

  public AppBuilder restarts(Restarts wanted) {
    restarts = wanted;
    return this;
  }

  public AppBuilder options(AppOptions chosen) {
    options = chosen;
    return this;
  }

  public AppBuilder createdAt(Instant time) {
    createdAt = time;
    return this;
  }

  public App build() {
    return new App(
        id,
        customer,
        path,
        location,
        deployBranch,
        host,
        domains,
        maintenance,
        desired,
        live,
        formation,
        restarts,
        options,
        List.of(),
        status,
        createdAt);
  }
}
