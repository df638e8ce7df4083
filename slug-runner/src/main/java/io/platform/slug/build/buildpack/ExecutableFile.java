package io.platform.slug.build.buildpack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * Makes programs of an app executable whose bit was lost on the way to git, a common slip that
 * other platforms do not mind either.
 */
public final class ExecutableFile {
  private ExecutableFile() {}

  /** Sets the owner's bit, where there is a file without it. */
  public static void ensure(Path program) throws IOException {
    if (Files.isRegularFile(program) && !Files.isExecutable(program)) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(program);
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      Files.setPosixFilePermissions(program, permissions);
    }
  }
}
