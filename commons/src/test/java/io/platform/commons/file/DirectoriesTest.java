package io.platform.commons.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoriesTest {
  @TempDir Path root;

  @Test
  void deletesADirectoryWithAllThatIsInIt() throws Exception {
    Path directory = tree("a");

    Directories.delete(directory);

    assertThat(directory).doesNotExist();
    assertThat(root.resolve("outside/kept")).hasContent("kept");
  }

  @Test
  void deletingADirectoryThatDoesNotExistDoesNothing() throws Exception {
    Directories.delete(root.resolve("missing"));

    assertThat(root).isEmptyDirectory();
  }

  @Test
  void deletesALinkAndNotItsTarget() throws Exception {
    Path directory = tree("a");
    Path link = Files.createSymbolicLink(root.resolve("link"), directory);

    Directories.delete(link);

    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(directory.resolve("b/c/file")).hasContent("content");
  }

  @Test
  void emptiesADirectoryThatHasAReadOnlyOneAndALinkOutside() throws Exception {
    Path directory = tree("a");

    Directories.empty(directory);

    assertThat(directory).isEmptyDirectory();
    assertThat(root.resolve("outside/kept")).hasContent("kept");
  }

  @Test
  void emptyingADirectoryThatDoesNotExistCreatesIt() throws Exception {
    Directories.empty(root.resolve("new/directory"));

    assertThat(root.resolve("new/directory")).isEmptyDirectory();
  }

  @Test
  void listsTheEntriesByName() throws Exception {
    Path directory = tree("a");
    Files.writeString(directory.resolve("a"), "");

    assertThat(Directories.list(directory))
        .extracting(path -> path.getFileName().toString())
        .containsExactly("a", "b", "link");
    assertThat(Directories.list(root.resolve("missing"))).isEmpty();
  }

  /** Has a read-only directory, and a link to a directory outside. */
  private Path tree(String name) throws IOException {
    Path outside = Files.createDirectories(root.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "kept");
    Path directory = root.resolve(name);
    Path inner = Files.createDirectories(directory.resolve("b/c"));
    Files.writeString(inner.resolve("file"), "content");
    Files.createSymbolicLink(directory.resolve("link"), outside);
    Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("r-x------"));
    return directory;
  }
}
