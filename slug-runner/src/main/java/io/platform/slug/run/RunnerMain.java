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
 * The runner's main: runs one process of one release, which environment variables describe; see
 * {@code docs/slug.md}.
 */
public final class RunnerMain {
  private RunnerMain() {}

  /** Becomes the app, or ends with an {@link SlugExitCode}. */
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream errors =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    if (arguments.length == 1 && arguments[0].equals("--train")) {
      System.exit(RunnerTraining.run() ? 0 : 1);
    }
    RunFailure failure;
    try {
      failure = new Exec().program(command(System.getenv(), errors));
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

  private static AppStartCommand command(Map<String, String> env, PrintStream errors)
      throws RunFailure, InterruptedException {
    RunnerSettings settings = RunnerSettings.from(env);
    if (!System.getProperty("sun.jnu.encoding", "UTF-8").equalsIgnoreCase("UTF-8")) {
      throw new RunFailure(
          SlugExitCode.RUNNER_BAD_ENVIRONMENT,
          "The runner needs a UTF-8 locale for the names of files: set LC_ALL=C.UTF-8.");
    }
    ProcessTypes types = settings.inside() ? ProcessTypes.none() : fetch(settings, errors);
    return AppStartCommand.of(types, settings, classPath());
  }

  private static ProcessTypes fetch(RunnerSettings settings, PrintStream errors)
      throws RunFailure, InterruptedException {
    PlatformHttp platform = new PlatformHttp(settings.url(), settings.token());
    Manifest manifest =
        new FetchSlug(
                platform,
                settings.release(),
                settings.appDirectory(),
                new SlugProblemReporter(
                    platform,
                    settings.release(),
                    message -> errors.println(LineFormat.body(message))))
            .run();
    return manifest.processTypes();
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
