package io.platform.domain;

import io.platform.slug.BuildpackReference;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An app.
 *
 * @param customer the tenant that owns the namespace
 * @param location where its things are kept, whatever its name is now
 * @param deployBranch full name of the ref whose pushes are built; empty until the first push of
 *     main or master
 * @param host the host name that the platform gave it, without a port
 * @param domains the host names of its own at which it answers, too; {@code *.example.com} stands
 *     for all names one label below
 * @param maintenance whether visitors get a page instead of the app
 * @param desired the release that should run; {@code live} is the newest one that came up
 * @param formation how many processes of which type run
 * @param restarts what somebody asked to be restarted, and when
 * @param options what its developers chose about how it runs
 * @param buildpacks those that they chose for its builds, in the order in which they run; empty
 *     where they leave it to the app's files
 */
public record App(
    AppId id,
    String customer,
    AppPath path,
    AppLocation location,
    Optional<String> deployBranch,
    String host,
    SortedSet<DomainName> domains,
    boolean maintenance,
    Optional<ReleaseVersion> desired,
    Optional<ReleaseVersion> live,
    Formation formation,
    Restarts restarts,
    AppOptions options,
    List<BuildpackReference> buildpacks,
    Status status,
    Instant createdAt) {
  /** Copies the set and the list. */
  public App {
    domains = Collections.unmodifiableSortedSet(new TreeSet<>(domains));
    buildpacks = List.copyOf(buildpacks);
  }

  /** All host names at which it answers: the platform's and its own. */
  public SortedSet<String> hosts() {
    SortedSet<String> hosts = new TreeSet<>();
    hosts.add(host);
    domains.forEach(domain -> hosts.add(domain.value()));
    return hosts;
  }

  /**
   * An app that is being destroyed is invisible to its users, and keeps its name until the last of
   * it is gone.
   */
  public enum Status {
    ACTIVE,
    /** Destroyed by its user: what runs is being stopped. */
    DESTROYING,
    /** Nothing of it runs any more: repository, objects and rows can go. */
    STOPPED
  }
}
