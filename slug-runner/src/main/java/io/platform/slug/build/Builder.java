package io.platform.slug.build;

import io.platform.commons.disk.FullDisk;
import io.platform.slug.AppJson;
import io.platform.slug.Blob;
import io.platform.slug.BuildJob;
import io.platform.slug.BuildReport;
import io.platform.slug.ProcessTypes;
import io.platform.slug.SlugExitCode;
import io.platform.slug.SteadyClock;
import io.platform.slug.Step;
import io.platform.slug.build.buildpack.BuildDirectories;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.buildpack.BuildpackEnvironment;
import io.platform.slug.build.buildpack.BuildpackProgram;
import io.platform.slug.build.check.StartProblems;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildFailureMessages;
import io.platform.slug.build.log.BuilderLog;
import io.platform.slug.build.step.CheckLanguages;
import io.platform.slug.build.step.CompileApp;
import io.platform.slug.build.step.ConfigOfBuild;
import io.platform.slug.build.step.DefaultConfigVars;
import io.platform.slug.build.step.FetchJob;
import io.platform.slug.build.step.FetchSource;
import io.platform.slug.build.step.FindBuildpacks;
import io.platform.slug.build.step.FindProcessTypes;
import io.platform.slug.build.step.PackSlug;
import io.platform.slug.build.step.ReadAppJson;
import io.platform.slug.build.step.ReservedPaths;
import io.platform.slug.build.step.RestoreCache;
import io.platform.slug.build.step.RunRelease;
import io.platform.slug.build.step.SaveCache;
import io.platform.slug.build.step.SendReport;
import io.platform.slug.build.step.SlugIgnore;
import io.platform.slug.build.step.StoreRetryBudget;
import io.platform.slug.build.step.UploadObject;
import io.platform.slug.http.PlatformHttp;
import io.platform.slug.http.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One build, from the job to the report. */
final class Builder {
  private static final Duration LAST_LINES = Duration.ofSeconds(30);

  private final BuilderSettings settings;
  private final BuildDirectories directories;
  private final PlatformHttp platform;
  private final BuilderLog log;
  private final BuildStop stop;
  private final StepTimer steps = new StepTimer();
  private String doing = "asking what to build";

  Builder(
      BuilderSettings settings,
      BuildDirectories directories,
      PlatformHttp platform,
      BuilderLog log,
      BuildStop stop) {
    this.settings = settings;
    this.directories = directories;
    this.platform = platform;
    this.log = log;
    this.stop = stop;
  }

  /** Builds and reports. */
  SlugExitCode run() throws InterruptedException {
    BuildJob job;
    try {
      job = new FetchJob(platform, settings.build()).run();
    } catch (BuildFailure failure) {
      log.failure(failure.sentence());
      return failure.exitCode();
    }
    stop.at(job.deadline());
    BuildReport report;
    SlugExitCode outcome;
    try {
      report = build(job);
      outcome = SlugExitCode.OK;
    } catch (Exception failed) {
      BuildFailure failure = explain(failed);
      if (failure.exitCode().fault() == SlugExitCode.Fault.NOBODY) {
        return failure.exitCode();
      }
      log.failure(failure.sentence());
      outcome = failure.exitCode();
      report =
          new BuildReport.Failed(
              job.build(),
              outcome.code(),
              step(outcome).label(),
              failure.sentence(),
              steps.times());
    }
    stop.disarm();
    log.flush(later(job.deadline(), SteadyClock.now().plus(LAST_LINES)));
    return new SendReport(platform, job.reportUrl(), job.deadline(), settings.terminationLog())
        .run(report, outcome);
  }

  private BuildReport.Succeeded build(BuildJob job)
      throws BuildFailure, IOException, InterruptedException {
    enter(Step.FETCH, "downloading the source");
    new FetchSource(
            platform, job, directories.build(), new StoreRetryBudget(StoreRetryBudget.USUAL))
        .run();
    enter(Step.FETCH, "restoring the build cache");
    RestoreCache cached = new RestoreCache(platform, job, directories.cache());
    if (!cached.run() && job.cache().isPresent()) {
      log.body("The last build's cache could not be used; this build takes longer.");
    }
    enter(Step.DETECT, "looking for a buildpack");
    int ignored = SlugIgnore.apply(directories.build());
    BuildpackProgram program =
        new BuildpackProgram(
            BuildpackEnvironment.of(settings.inherited(), job, directories), directories.build());
    FindBuildpacks.Found found =
        new FindBuildpacks(directories, program, log)
            .run(job.buildpacks(), settings.config(), ignored);
    if (cached.dropIfOfOthers(found.buildpacks())) {
      log.body("The last build's cache is of other buildpacks, and is not used.");
    }
    FindProcessTypes find =
        new FindProcessTypes(
            new RunRelease(program, directories.build(), log),
            directories.build(),
            log,
            new StartProblems(
                directories.build(),
                settings.inherited().getOrDefault("PATH", ""),
                settings.config().containsKey("PATH")),
            job.keepWeb());
    check(found, find);
    AppJson appJson =
        new ReadAppJson(directories.build(), log, settings.config().keySet(), job.stack()).run();
    enter(Step.COMPILE, "compiling the app");
    Map<String, String> config = ConfigOfBuild.of(settings.config(), appJson, job.secretSeed());
    List<Buildpack> used = new CompileApp(program, directories, log).run(found, config);
    FindProcessTypes.Found types = find.run(used);
    ReadAppJson.checkLength(appJson, types.types());
    AppJson declared =
        job.firstDeploy()
            ? DefaultConfigVars.add(appJson, types.configVars(), settings.config().keySet(), log)
            : appJson;
    ReadAppJson.checkLength(declared, types.types());
    enter(Step.PACK, "packing the slug");
    String names = Buildpack.names(used);
    PackSlug.Packed slug = new PackSlug(directories, job, log).run(names, types.types());
    enter(Step.UPLOAD, "storing the slug");
    upload(slug, job);
    enter(Step.UPLOAD, "keeping the build cache");
    Optional<Blob> cache = new SaveCache(platform, job, directories, log).run(used);
    return new BuildReport.Succeeded(
        job.build(),
        slug.blob(),
        cache,
        names,
        job.stack(),
        types.types(),
        slug.manifest().unpackedBytes(),
        declared,
        steps.times());
  }

  /** What can be told before minutes go into a build. */
  private void check(FindBuildpacks.Found found, FindProcessTypes find)
      throws BuildFailure, IOException {
    ReservedPaths.check(directories.build());
    ProcessTypes declared = find.declared().orElse(ProcessTypes.none());
    if (found.by().isEmpty()) {
      String searchPath = settings.inherited().getOrDefault("PATH", "");
      new CheckLanguages(directories.build(), searchPath, log)
          .run(found.buildpacks().getFirst(), declared);
    }
    // What another buildpack brings is not known before it has run.
    if (found.buildpacks().stream().allMatch(Buildpack::builtIn)) {
      find.tellProblems(declared);
    }
  }

  private void upload(PackSlug.Packed slug, BuildJob job)
      throws BuildFailure, InterruptedException {
    try {
      new UploadObject(
              platform,
              job.build(),
              "slug",
              new StoreRetryBudget(StoreRetryBudget.USUAL),
              log::body)
          .run(slug.file(), slug.blob(), job.deadline());
    } catch (RefusedException refused) {
      throw refused.status() == 410
          ? BuildFailureMessages.ended()
          : BuildFailureMessages.uploadFailed(BuildFailureMessages.reason(refused));
    } catch (IOException e) {
      throw BuildFailureMessages.uploadFailed(BuildFailureMessages.reason(e));
    }
  }

  /**
   * Whatever went wrong, in a sentence and with whose fault it was. A build that was stopped fails
   * of that, whatever it looks like.
   */
  private BuildFailure explain(Exception failure) {
    if (stop.reason().isPresent()) {
      return stop.reason().get() == SlugExitCode.DEADLINE
          ? BuildFailureMessages.deadline(doing)
          : new BuildFailure(stop.reason().get(), "The build was ended.", failure);
    }
    if (failure instanceof BuildFailure explained) {
      return explained;
    }
    return FullDisk.caused(failure)
        ? BuildFailureMessages.diskFull(doing)
        : BuildFailureMessages.internal(doing, failure);
  }

  private void enter(Step next, String what) {
    steps.enter(next);
    doing = what;
  }

  /** Some codes come from whatever step it was. */
  private Step step(SlugExitCode outcome) {
    return switch (outcome) {
      case BUILDPACK_UNUSABLE, DISK_FULL, DEADLINE, INTERNAL -> steps.step();
      default -> outcome.step();
    };
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
