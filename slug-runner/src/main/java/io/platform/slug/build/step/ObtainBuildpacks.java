package io.platform.slug.build.step;

import io.platform.slug.BuildpackReference;
import io.platform.slug.build.buildpack.BuildDirectories;
import io.platform.slug.build.buildpack.Buildpack;
import io.platform.slug.build.buildpack.BuildpackChoice;
import io.platform.slug.build.buildpack.ExecutableFile;
import io.platform.slug.build.failure.BuildFailure;
import io.platform.slug.build.failure.BuildFailureMessages;
import io.platform.slug.build.log.BuilderLog;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gets the buildpacks that an app chooses, each in a directory of its own that it may write to. One
 * of the app is copied, so that what it writes is not in the slug; where the app itself is the
 * buildpack, it stays where it is.
 */
public final class ObtainBuildpacks {
  private final BuildDirectories directories;
  private final List<Buildpack> builtIn;
  private final BuilderLog log;

  /** Chooses among {@code builtIn} and what the app has. */
  public ObtainBuildpacks(BuildDirectories directories, List<Buildpack> builtIn, BuilderLog log) {
    this.directories = directories;
    this.builtIn = builtIn;
    this.log = log;
  }

  /** In the order of the choice. */
  public List<Buildpack> run(BuildpackChoice choice) throws BuildFailure, IOException {
    List<BuildpackReference> references = choice.buildpacks();
    if (choice.by() != BuildpackChoice.By.BUILDPACK) {
      log.heading(
          references.size() == 1
              ? "Using the buildpack of " + choice.by().label()
              : "Using the buildpacks of " + choice.by().label());
      for (int i = 0; i < references.size(); i++) {
        log.body("%d. %s".formatted(i + 1, references.get(i)));
      }
    }
    List<Buildpack> buildpacks = new ArrayList<>();
    for (BuildpackReference reference : references) {
      buildpacks.add(obtain(reference, buildpacks.size() + 1));
    }
    return buildpacks;
  }

  private Buildpack obtain(BuildpackReference reference, int number)
      throws BuildFailure, IOException {
    return switch (reference) {
      case BuildpackReference.BuiltIn(String id) ->
          builtIn.stream().filter(known -> known.id().equals(id)).findFirst().orElseThrow();
      case BuildpackReference.InApp inApp -> ofApp(inApp, number);
      case BuildpackReference.Foreign foreign ->
          throw new IllegalStateException("a choice with " + foreign);
    };
  }

  private Buildpack ofApp(BuildpackReference.InApp reference, int number)
      throws BuildFailure, IOException {
    Path build = directories.build();
    Path source = build.resolve(reference.path());
    if (!Files.isDirectory(source) || !source.toRealPath().startsWith(build.toRealPath())) {
      throw BuildFailureMessages.buildpackUnusable(
          reference.toString(), "the app has no such directory");
    }
    Path directory = source;
    if (!source.toRealPath().equals(build.toRealPath())) {
      directory = directories.buildpacks().resolve(number + "-" + source.getFileName());
      copy(source.toRealPath(), directory);
    }
    Buildpack buildpack = new Buildpack(directory, reference.toString(), Optional.empty());
    for (String program : List.of("detect", "compile")) {
      if (!Files.isRegularFile(buildpack.program(program))) {
        throw BuildFailureMessages.buildpackUnusable(
            reference.toString(), "it has no bin/" + program);
      }
    }
    for (String program : List.of("detect", "compile", "release")) {
      ExecutableFile.ensure(buildpack.program(program));
    }
    return buildpack;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file,
                to.resolve(from.relativize(file)),
                LinkOption.NOFOLLOW_LINKS,
                StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
