package io.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.slug.SlugProblem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One example of each cause of a failure at the least, by a title. */
public final class FailureExamples {
  private static final BuildId BUILD = new BuildId("1m7ysfkkhf3f4");

  private static final Optional<String> POD = Optional.of("shop-1");

  private FailureExamples() {}

  /** Of a build. */
  public static Map<String, BuildFailureCause> ofBuilds() {
    Map<String, BuildFailureCause> examples = new LinkedHashMap<>();
    examples.put("interrupted push", new BuildFailureCause.PushInterrupted());
    examples.put(
        "source faulty",
        new BuildFailureCause.SourceFaulty(
            List.of(
                new SourceFault.Offence(SourceFault.Kind.SUBMODULE, List.of("vendor/lib"), 1),
                new SourceFault.OverLimit(SourceFault.Limit.DEPTH, 256, "d/".repeat(257) + "f"))));
    examples.put("not the deploy branch", new BuildFailureCause.NotDeployBranch("main", "master"));
    examples.put("push too long", new BuildFailureCause.PushTooLong(Duration.ofHours(2)));
    examples.put("store full", new BuildFailureCause.StoreFull());
    examples.put("source not stored", new BuildFailureCause.SourceNotStored(BUILD.value()));
    examples.put("disk full", new BuildFailureCause.DiskFull());
    examples.put("disk not writable", new BuildFailureCause.DiskNotWritable());
    examples.put("server stopped", new BuildFailureCause.ServerStopped());
    examples.put("platform failed", new BuildFailureCause.PlatformFailed(BUILD.value()));
    examples.put("machine failed", new BuildFailureCause.MachineFailed());
    examples.put("namespace taken", new BuildFailureCause.NamespaceTaken("p-acme"));
    examples.put("pod refused", new BuildFailureCause.PodRefused("pods \"x\" is forbidden"));
    examples.put(
        "reported", new BuildFailureCause.Reported(30, "npm ci failed.\nSee the lines above."));
    examples.put("exit: the app's fault", exit(30, new ExitDetail.Unknown()));
    examples.put("exit: the platform's fault", exit(50, new ExitDetail.Unknown()));
    examples.put("exit: killed", exit(137, new ExitDetail.Unknown()));
    examples.put("exit: terminated", exit(143, new ExitDetail.Unknown()));
    examples.put("exit: unknown", exit(99, new ExitDetail.Unknown()));
    ofExits().forEach((title, detail) -> examples.put("exit: " + title, exit(137, detail)));
    examples.put("lost", new BuildFailureCause.ResultLost());
    ofReports()
        .forEach((title, mismatch) ->
            examples.put("bad report: " + title, new BuildFailureCause.ReportUnusable(mismatch)));
    examples.put("timed out", limit(Duration.ofMinutes(15).plusSeconds(2), Duration.ZERO));
    examples.put("timed out soon", limit(Duration.ofSeconds(20), Duration.ZERO));
    examples.put("timed out in silence", limit(Duration.ofMinutes(15), Duration.ofMinutes(7)));
    examples.put("web lost", new BuildFailureCause.WebLost());
    examples.put("app destroyed", new BuildFailureCause.AppDestroyed());
    examples.put("canceled", new BuildFailureCause.Canceled("ada@example.com"));
    examples.put(
        "told by an earlier version",
        new BuildFailureCause.StoredSentence("It failed \"so\".\nPush again."));
    assertComplete(BuildFailureCause.class, examples);
    return examples;
  }

  private static BuildFailureCause exit(int code, ExitDetail detail) {
    return new BuildFailureCause.Exited(code, detail);
  }

  private static BuildFailureCause limit(Duration limit, Duration silent) {
    return new BuildFailureCause.TimeLimit(limit, silent);
  }

  private static ReleaseFailureCause didNotStayUp(
      int code, ExitDetail detail, Optional<String> pod) {
    return new ReleaseFailureCause.DidNotStayUp("worker.1", code, detail, pod);
  }

  /** Of a release. */
  public static Map<String, ReleaseFailureCause> ofReleases() {
    Map<String, ReleaseFailureCause> examples = new LinkedHashMap<>();
    ofExits()
        .forEach((title, detail) -> {
          examples.put("exit: " + title, exited(137, detail, Optional.empty()));
          examples.put("exit in a pod: " + title, exited(137, detail, POD));
        });
    examples.put("runner", exited(103, new ExitDetail.Unknown(), Optional.empty()));
    examples.put("runner in a pod", exited(106, new ExitDetail.Unknown(), POD));
    examples.put("worker", didNotStayUp(4, new ExitDetail.Unknown(), Optional.empty()));
    examples.put("worker in a pod", didNotStayUp(4, new ExitDetail.Unknown(), POD));
    examples.put("worker's runner", didNotStayUp(103, new ExitDetail.Unknown(), Optional.empty()));
    examples.put(
        "worker out of memory", didNotStayUp(137, new ExitDetail.OutOfMemory("512Mi"), POD));
    examples.put("starts again", new ReleaseFailureCause.StartsAgain(9, new ExitDetail.Unknown()));
    examples.put("silent", silent(Duration.ofMillis(5500), Optional.empty(), Optional.empty()));
    examples.put("elsewhere", silent(Duration.ofSeconds(60), Optional.of(80), Optional.empty()));
    examples.put("silent in a pod", silent(Duration.ofMinutes(2), Optional.empty(), POD));
    examples.put("port taken", new ReleaseFailureCause.PortTaken(5000, true));
    examples.put("port taken, perhaps by itself", new ReleaseFailureCause.PortTaken(5000, false));
    examples.put("no free port", new ReleaseFailureCause.NoFreePort(20_000, 20_099));
    examples.put("not started", new ReleaseFailureCause.NotStarted("no such program"));
    ofSlugs()
        .forEach((title, problem) ->
            examples.put(
                "slug not fetched: " + title, new ReleaseFailureCause.SlugNotFetched(problem)));
    examples.put(
        "pod not started",
        new ReleaseFailureCause.PodNotStarted(
            "shop-1", new ExitDetail.ImageNotPulled("ErrImagePull")));
    examples.put("pod stuck", new ReleaseFailureCause.PodStuck(true, "ErrImagePull"));
    examples.put("container stuck", new ReleaseFailureCause.PodStuck(false, "RunContainerError"));
    examples.put("no room", new ReleaseFailureCause.NoRoom("shop-1", "0/1 nodes are available"));
    examples.put("waits for room", new ReleaseFailureCause.WaitsForRoom("0/1 nodes are available"));
    examples.put("quota", new ReleaseFailureCause.QuotaUsedUp("exceeded quota: platform"));
    examples.put("refused", new ReleaseFailureCause.PodsRefused("pods \"x\" is forbidden"));
    examples.put("not up", new ReleaseFailureCause.PodsNotUp(1, 2, Duration.ofMinutes(10)));
    examples.put(
        "no end", new ReleaseFailureCause.NoEnd(new ReleaseVersion(3), Duration.ofMinutes(10)));
    examples.put("same names", new ReleaseFailureCause.SameNames("Mail_Job", "mail-job"));
    examples.put(
        "health check failed",
        new ReleaseFailureCause.HealthCheckFailed(
            "startup", "web.1", "GET /healthz", "the answer has status 500: no database", 3));
    examples.put(
        "script failed",
        new ReleaseFailureCause.ScriptFailed(
            ReleaseCommandKind.PREDEPLOY,
            new ReleaseFailureCause.ReleaseCommandFailed(1, new ExitDetail.Unknown())));
    examples.put(
        "release command failed",
        new ReleaseFailureCause.ReleaseCommandFailed(1, new ExitDetail.Unknown()));
    examples.put(
        "release command timed out",
        new ReleaseFailureCause.ReleaseCommandTimedOut(Duration.ofMinutes(10)));
    examples.put(
        "release command interrupted", new ReleaseFailureCause.ReleaseCommandInterrupted());
    examples.put("canceled", new ReleaseFailureCause.Canceled("ada@example.com"));
    examples.put("superseded", new ReleaseFailureCause.Superseded());
    examples.put("overtaken", new ReleaseFailureCause.Overtaken());
    examples.put(
        "told by an earlier version", new ReleaseFailureCause.StoredSentence("It failed \"so\"."));
    assertComplete(ReleaseFailureCause.class, examples);
    return examples;
  }

  /** Of a deploy. */
  public static Map<String, DeployFailureCause> ofDeploys() {
    ReleaseVersion v3 = new ReleaseVersion(3);
    Optional<ReleaseVersion> v2 = Optional.of(new ReleaseVersion(2));
    Optional<ReleaseFailureCause> exit =
        Optional.of(exited(1, new ExitDetail.Unknown(), Optional.empty()));
    Map<String, DeployFailureCause> examples = new LinkedHashMap<>();
    examples.put(
        "build failed",
        new DeployFailureCause.BuildFailed(new BuildFailureCause.Canceled("ada@example.com")));
    examples.put("build ended", new DeployFailureCause.BuildEnded(BuildStatus.TIMED_OUT));
    examples.put("app destroyed", new DeployFailureCause.AppDestroyed());
    examples.put("not live", new DeployFailureCause.NotLive(v3, exit, v2));
    examples.put(
        "not live, and nothing before it",
        new DeployFailureCause.NotLive(v3, exit, Optional.empty()));
    examples.put(
        "not live for an unknown reason",
        new DeployFailureCause.NotLive(v3, Optional.empty(), Optional.empty()));
    examples.put(
        "superseded", new DeployFailureCause.Superseded(v3, Optional.of(new ReleaseVersion(4))));
    examples.put("branch moved", moved(Optional.of("1".repeat(40)), Optional.of("2".repeat(40))));
    examples.put("branch made", moved(Optional.empty(), Optional.of("2".repeat(40))));
    examples.put("branch deleted", moved(Optional.of("1".repeat(40)), Optional.empty()));
    examples.put(
        "told by an earlier version", new DeployFailureCause.StoredSentence("It failed \"so\"."));
    assertComplete(DeployFailureCause.class, examples);
    return examples;
  }

  private static DeployFailureCause moved(Optional<String> expected, Optional<String> found) {
    return new DeployFailureCause.BranchMoved("main", expected, found);
  }

  private static ReleaseFailureCause exited(int code, ExitDetail detail, Optional<String> pod) {
    return new ReleaseFailureCause.Exited(code, detail, pod);
  }

  private static ReleaseFailureCause silent(
      Duration within, Optional<Integer> other, Optional<String> pod) {
    return new ReleaseFailureCause.DidNotListen(5000, within, other, pod);
  }

  /** Of the end of a process. */
  public static Map<String, ExitDetail> ofExits() {
    Map<String, ExitDetail> examples = new LinkedHashMap<>();
    examples.put("nothing known", new ExitDetail.Unknown());
    examples.put("canceled in queue", new ExitDetail.CanceledInQueue());
    examples.put("unexpected", new ExitDetail.Unexpected(Optional.of("bash: line 1: x")));
    examples.put("unexpected and silent", new ExitDetail.Unexpected(Optional.empty()));
    examples.put("too much disk", new ExitDetail.TooMuchDisk(41L << 20, 30L << 20));
    examples.put("much too much disk", new ExitDetail.TooMuchDisk(41L << 30, 30L << 30));
    examples.put("disk almost full", new ExitDetail.DiskAlmostFull(41L << 20));
    examples.put("out of memory", new ExitDetail.OutOfMemory("512Mi"));
    examples.put("time up", new ExitDetail.TimeUp(Duration.ofDays(1)));
    examples.put("pod deleted", new ExitDetail.PodDeleted());
    examples.put("pod's deadline", new ExitDetail.PodDeadline());
    examples.put("pod ended", new ExitDetail.PodEnded("Evicted: the node was low on memory"));
    examples.put(
        "container not started", new ExitDetail.ContainerNotStarted("StartError: no bash"));
    examples.put(
        "container not made", new ExitDetail.ContainerNotMade("CreateContainerConfigError"));
    examples.put("image not pulled", new ExitDetail.ImageNotPulled("ErrImagePull: not found"));
    assertComplete(ExitDetail.class, examples);
    return examples;
  }

  /** Of why a runner has no slug. */
  public static Map<String, SlugProblem> ofSlugs() {
    Map<String, SlugProblem> examples = new LinkedHashMap<>();
    examples.put("platform answered", new SlugProblem.PlatformAnswered(503, "It is restarting."));
    examples.put("store answered", new SlugProblem.StoreAnswered(500));
    examples.put("no connection", new SlugProblem.TransferFailed(Optional.empty()));
    examples.put("transfer failed", new SlugProblem.TransferFailed(Optional.of("Broken pipe")));
    examples.put("damaged", new SlugProblem.Damaged("its SHA-256 differs"));
    examples.put("told by an earlier version", new SlugProblem.Described("no connection"));
    assertComplete(SlugProblem.class, examples);
    return examples;
  }

  /** Of what is wrong with a report. */
  public static Map<String, ReportMismatch> ofReports() {
    Map<String, ReportMismatch> examples = new LinkedHashMap<>();
    examples.put("other build", new ReportMismatch.OtherBuild("b7", BUILD));
    examples.put("not stored", new ReportMismatch.NotStored(ReportMismatch.Kind.SLUG));
    examples.put(
        "other object",
        new ReportMismatch.OtherObject(
            ReportMismatch.Kind.CACHE, 5, "a".repeat(64), 6, "b".repeat(64)));
    assertComplete(ReportMismatch.class, examples);
    return examples;
  }

  private static void assertComplete(Class<?> sealed, Map<String, ?> examples) {
    assertThat(examples.values().stream().map(it -> it.getClass().getSimpleName()))
        .containsAll(records(sealed));
  }

  private static Set<String> records(Class<?> type) {
    Class<?>[] permitted = type.getPermittedSubclasses();
    return permitted == null
        ? Set.of(type.getSimpleName())
        : Stream.of(permitted)
            .flatMap(each -> records(each).stream())
            .collect(Collectors.toCollection(TreeSet::new));
  }
}
