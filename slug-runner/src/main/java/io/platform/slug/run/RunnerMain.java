package io.platform.slug.run;

import io.platform.commons.console.LineFormat;
import io.platform.slug.Manifest;
import io.platform.slug.ProcessTypes;
import io.platform.slug.SlugExitCode;
import io.platform.slug.http.PlatformHttp;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The runner's main: runs one process of one release, which environment variables describe, or
 * stores the release's slug for those that do; see {@code docs/slug.md}.
 */
public final class RunnerMain {
  private RunnerMain() {}

  /** Becomes the app, or ends with a {@link SlugExitCode}. */
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream errors =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    if (arguments.length == 1 && arguments[0].equals("--train")) {
      System.exit(RunnerTraining.run() ? 0 : 1);
    }
    RunFailure failure;
    try {
      RunnerSettings settings = settings(System.getenv());
      if (settings.store().isPresent()) {
        fetch(settings, new SlugFile(settings.store().get()), errors);
        System.exit(SlugExitCode.OK.code());
      }
      failure = new Exec().program(command(settings, errors));
    } catch (RunFailure known) {
      failure = known;
    } catch (RuntimeException | LinkageError unexpected) {
      failure =
          new RunFailure(
              SlugExitCode.RUNNER_INTERNAL,
              "The app could not be started: " + unexpected + ". Contact your administrator.");
    }
    errors.println(LineFormat.error(failure.sentence()));
    System.exit(failure.exitCode().code());
  }

  private static RunnerSettings settings(Map<String, String> env) throws RunFailure {
    RunnerSettings settings = RunnerSettings.from(env);
    if (!System.getProperty("sun.jnu.encoding", "UTF-8").equalsIgnoreCase("UTF-8")) {
      throw new RunFailure(
          SlugExitCode.RUNNER_BAD_ENVIRONMENT,
          "The runner needs a UTF-8 locale for the names of files: set LC_ALL=C.UTF-8.");
    }
    return settings;
  }

  private static AppStartCommand command(RunnerSettings settings, PrintStream errors)
      throws RunFailure, InterruptedException {
    ProcessTypes types =
        settings.inside() ? ProcessTypes.none() : unpacked(settings, errors).processTypes();
    return AppStartCommand.of(types, settings, classPath());
  }

  private static Manifest unpacked(RunnerSettings settings, PrintStream errors)
      throws RunFailure, InterruptedException {
    AppDirectory app = new AppDirectory(settings.appDirectory());
    return settings.slug().isPresent()
        ? new SlugFile(settings.slug().get()).unpack(app)
        : fetch(settings, app, errors);
  }

  private static <T> T fetch(RunnerSettings settings, SlugTarget<T> target, PrintStream errors)
      throws RunFailure, InterruptedException {
    PlatformHttp platform = new PlatformHttp(settings.url(), settings.token());
    SlugProblemReporter reporter =
        new SlugProblemReporter(
            platform, settings.release(), message -> errors.println(LineFormat.body(message)));
    return new FetchSlug<>(platform, settings.release(), target, reporter).run();
  }

  /**
   * Where the static server is, for slugs that use it. The code's own source is not known when it
   * comes from an AOT cache.
   */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
