package io.platform.slug.build;

import io.platform.slug.SlugExitCode;
import io.platform.slug.build.buildpack.BuildDirectories;
import io.platform.slug.build.failure.BuildFailureMessages;
import io.platform.slug.build.log.BuilderLog;
import io.platform.slug.build.log.LogPoster;
import io.platform.slug.build.log.LogSpool;
import io.platform.slug.build.process.ChildReaper;
import io.platform.slug.build.process.ProcessControl;
import io.platform.slug.http.PlatformHttp;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The builder's main: runs one build, which environment variables describe; see {@code
 * docs/slug.md}.
 */
public final class BuilderMain {
  private BuilderMain() {}

  /** Ends with an {@link SlugExitCode}. */
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream errors =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    if (arguments.length == 1 && arguments[0].equals("--train")) {
      System.exit(BuilderTraining.run() ? 0 : 1);
    }
    SlugExitCode exitCode;
    try {
      requireUtf8();
      exitCode = build(BuilderSettings.from(System.getenv()));
    } catch (BuilderSettings.BadEnvironment bad) {
      errors.println(bad.getMessage());
      exitCode = SlugExitCode.BAD_ENVIRONMENT;
    } catch (IOException unusable) {
      errors.println("The work directory cannot be used: " + BuildFailureMessages.reason(unusable));
      exitCode = SlugExitCode.BAD_ENVIRONMENT;
    } catch (RuntimeException | LinkageError unexpected) {
      errors.println("The builder failed: " + BuildFailureMessages.reason(unexpected));
      exitCode = SlugExitCode.INTERNAL;
    }
    System.exit(exitCode.code());
  }

  private static SlugExitCode build(BuilderSettings settings)
      throws IOException, InterruptedException {
    ProcessControl.keepSecrets();
    ChildReaper.adopt();
    BuildDirectories directories = BuildDirectories.in(settings.work());
    directories.prepare();
    PlatformHttp platform = new PlatformHttp(settings.url(), settings.token());
    BuildStop stop = new BuildStop(Thread.currentThread());
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop.now(SlugExitCode.TERMINATED), "terminated"));
    try (LogSpool spool = new LogSpool(directories.spool().resolve("log"))) {
      LogPoster poster =
          new LogPoster(
              platform, settings.build(), spool, () -> stop.now(SlugExitCode.BUILD_ENDED));
      poster.start();
      BuilderLog log = new BuilderLog(new FileOutputStream(FileDescriptor.out), spool, poster);
      return new Builder(settings, directories, platform, log, stop).run();
    }
  }

  /** Java takes the encoding of file names from the locale, and has no other way to set it. */
  private static void requireUtf8() throws BuilderSettings.BadEnvironment {
    if (!System.getProperty("sun.jnu.encoding", "UTF-8").equalsIgnoreCase("UTF-8")) {
      throw new BuilderSettings.BadEnvironment(
          "The builder needs a UTF-8 locale for the names of files: set LC_ALL=C.UTF-8.");
    }
  }
}
