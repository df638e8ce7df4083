package io.platform.process.build;

import io.platform.domain.BuildId;
import io.platform.domain.port.BuildSpec;
import io.platform.process.sandbox.ChildProcess;
import io.platform.process.sandbox.OutputSink;
import io.platform.process.sandbox.ProcessContext;
import io.platform.process.sandbox.ProcessSettings;
import io.platform.process.sandbox.ProcessSpec;
import io.platform.slug.BuildReport;
import io.platform.slug.ConfigVars;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts builders in directories of their own, and cleans up after them. */
final class BuilderStarter {
  private static final Logger LOG = LoggerFactory.getLogger(BuilderStarter.class);

  private static final List<String> WRITABLE = List.of("work", "app", "tmp", "report");

  /** What a builder whose report nobody hears leaves, in a directory that no build step touches. */
  private static final String REPORT = "report.json";

  private final ProcessContext context;
  private final ProcessSettings settings;
  private final Path builds;

  BuilderStarter(ProcessContext context, ProcessSettings settings) {
    this.context = context;
    this.settings = settings;
    this.builds = context.work().resolve("builds");
  }

  /** Starts a builder. Where that fails, nothing is left of it. */
  ChildProcess start(BuildSpec spec, OutputSink output) throws IOException {
    Path own = directory(spec.id());
    context.directories().make(own, WRITABLE);
    ProcessSpec processSpec =
        new ProcessSpec(
            name(spec.id()),
            own,
            WRITABLE,
            settings.builder(),
            environment(spec, own),
            settings.builds().limits());
    try {
      return context.start(processSpec, output);
    } catch (IOException failed) {
      context.directories().remove(own);
      throw failed;
    }
  }

  private Map<String, String> environment(BuildSpec spec, Path own) {
    Map<String, String> environment = context.environment(own);
    environment.putAll(ConfigVars.toEnvironment(spec.config().vars()));
    environment.put("PLATFORM_URL", spec.platformUrl().toString());
    environment.put("PLATFORM_BUILD", spec.id().value());
    environment.put("PLATFORM_TOKEN", spec.token());
    environment.put("PLATFORM_WORK", context.sandbox().seen(own, "work"));
    environment.put(
        "PLATFORM_TERMINATION_LOG", context.sandbox().seen(own, "report") + "/" + REPORT);
    return environment;
  }

  /** Removes the directory of a builder that has ended. Returns the report that it left there. */
  Optional<BuildReport> cleanUp(BuildId id) {
    Optional<BuildReport> report = report(id);
    context.directories().remove(directory(id));
    return report;
  }

  private Optional<BuildReport> report(BuildId id) {
    Path file = directory(id).resolve("report").resolve(REPORT);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream json = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(BuildReport.parse(json))
          .filter(report -> report.build().equals(id.value()));
    } catch (IOException unreadable) {
      LOG.warn("build {}: the report that it left cannot be read: {}", id, unreadable.getMessage());
      return Optional.empty();
    }
  }

  /** The name of a builder's process and of the thread that waits for its end. */
  static String name(BuildId id) {
    return "build-" + id;
  }

  private Path directory(BuildId id) {
    return builds.resolve(id.value());
  }
}
