package io.platform.process.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured of an app's files by a server that does not run as root. */
class DiskWatchTest {
  private static final String SOMEBODY = "4321";

  @TempDir Path directory;

  @Test
  void seesFilesInADirectoryThatNobodyMayRead() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path app = directory.resolve("app");
    run(
        List.of(
            "bash",
            "-c",
            "mkdir -p \"$1/hidden/deep\" && head -c 3000000 /dev/zero >\"$1/hidden/deep/file\" && chmod 000 \"$1/hidden\"",
            "bash",
            app.toString()));
    try {
      assertThat(kilobytes(run(DiskWatch.command(true, Set.of(app))))).isBetween(2929, 3200);
    } finally {
      run(List.of("chmod", "-R", "u+rwx", app.toString()));
    }
  }

  private static int kilobytes(String line) {
    return Integer.parseInt(line.substring(0, line.indexOf('\t')));
  }

  /** As another user where this is root, who may read everything. */
  private static String run(List<String> command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    if (Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
      words.addAll(
          List.of("setpriv", "--reuid", SOMEBODY, "--regid", SOMEBODY, "--clear-groups", "--"));
    }
    words.addAll(command);
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
