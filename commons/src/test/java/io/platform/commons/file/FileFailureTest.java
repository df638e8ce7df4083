package io.platform.commons.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFailureTest {
  @TempDir Path directory;

  @Test
  void tellsWhyAndNotThePathAlone() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Path missing = directory.resolve("missing");

    assertThat(reason(() -> Files.readString(missing)))
        .isEqualTo(missing + ": there is no such file or directory");
    assertThat(reason(() -> Files.createDirectory(file)))
        .isEqualTo(file + ": there is such a file already");
    assertThat(reason(() -> Files.delete(directory)))
        .isEqualTo(directory + ": it is a directory that is not empty");
    assertThat(reason(() -> Files.readString(file.resolve("x"))))
        .isEqualTo(file.resolve("x") + ": Not a directory");
    assertThat(FileFailure.reason(new NotDirectoryException("/app/x")))
        .isEqualTo("/app/x: it is not a directory");
    assertThat(FileFailure.reason(new AccessDeniedException("/app/x")))
        .isEqualTo("/app/x: permission denied");
    assertThat(FileFailure.reason(new IOException("the connection broke")))
        .isEqualTo("the connection broke");
  }

  private static String reason(ThrowingCallable work) {
    return FileFailure.reason(catchThrowable(work));
  }
}
