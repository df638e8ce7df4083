package io.platform.slug.build.buildpack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The buildpacks that come with the builder, in the order in which they are tried. */
public final class BuiltInBuildpacks {
  private record Packed(String id, String name, String looksFor, List<String> files) {}

  private static final List<Packed> ALL =
      List.of(
          new Packed(
              "nodejs",
              "Node.js",
              "package.json",
              List.of(
                  "bin/detect",
                  "bin/compile",
                  "bin/release",
                  "lib/output.sh",
                  "lib/check-package.js",
                  "lib/engines.js",
                  "lib/pruned.js")),
          new Packed(
              "static",
              "Static site",
              "index.html or public/index.html, without another `web` in a Procfile",
              List.of("bin/detect", "bin/compile", "bin/release", "lib/static-server")),
          new Packed("procfile", "Procfile", "Procfile", List.of("bin/detect", "bin/compile")));

  private BuiltInBuildpacks() {}

  /** Unpacks them to {@code directory}, each to one of its own. */
  public static List<Buildpack> unpack(Path directory) throws IOException {
    List<Buildpack> buildpacks = new ArrayList<>();
    for (Packed packed : ALL) {
      Path root = directory.resolve(packed.id);
      for (String file : packed.files) {
        Path target = root.resolve(file);
        Files.createDirectories(root.resolve(file.substring(0, file.indexOf('/'))));
        String resource = "/buildpacks/" + packed.id + "/" + file;
        try (InputStream in = BuiltInBuildpacks.class.getResourceAsStream(resource)) {
          if (in == null) {
            throw new IOException("the builder's own " + resource + " is missing");
          }
          Files.copy(in, target);
        }
        if (!file.contains(".")) {
          Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
      }
      buildpacks.add(new Buildpack(root, packed.name, Optional.of(packed.looksFor)));
    }
    return buildpacks;
  }
}
