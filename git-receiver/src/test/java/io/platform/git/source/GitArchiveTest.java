package io.platform.git.source;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives hold what {@code git archive} puts into them. */
class GitArchiveTest {
  private static final String[] NAMES = {
    "a", "b", "ab", "abc", "a.txt", "b.md", "c d", "x[y", "doc", "foo", "bar", ".dot", "\"q", "a*b",
    "é"
  };
  private static final String[] PIECES = {
    "a",
    "b",
    "c",
    "*",
    "**",
    "?",
    "[ab]",
    "[!a]",
    "[a-c]",
    "[[:alpha:]]",
    "[]a]",
    "[^]b]",
    "\\a",
    "\\*",
    ".txt",
    "doc",
    "foo",
    "bar",
    "[",
    "[a-]",
    "[[:nope:]]",
    "[[:x]",
    "\\",
    ".",
    "é"
  };
  private static final String[] STATES = {
    "export-ignore",
    "-export-ignore",
    "!export-ignore",
    "export-ignore=no",
    "export-subst",
    "-export-subst",
    "m1",
    "-m1",
    "!m1",
    "m2",
    "text",
    "-export-ignore export-ignore",
    "m1 -export-ignore",
    "bad/name export-ignore"
  };

  @TempDir Path work;

  @BeforeEach
  void init() throws Exception {
    git("init", "-q", "-b", "main");
    git("config", "user.name", "Zoë Example");
    git("config", "user.email", "zoe@example.com");
    git("config", "core.autocrlf", "false");
  }

  private byte[] git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_AUTHOR_DATE", "2024-03-05T06:07:08+02:00");
    builder.environment().put("GIT_COMMITTER_DATE", "2024-11-12T13:14:15-0330");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    byte[] out = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    return out;
  }

  private void write(String name, String content) throws IOException {
    Path file = work.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, StandardCharsets.UTF_8);
  }

  private void commit() throws Exception {
    git("add", "-A", "-f");
    git(
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "  The sub-ject.. of\nit: all\n\n\nThe body\n\nand more");
  }

  private static SortedMap<String, String> entries(InputStream in) throws IOException {
    SortedMap<String, String> entries = new TreeMap<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (!entry.isGlobalPaxHeader()) {
          entries.put(
              entry.getName(),
              entry.isSymbolicLink()
                  ? "-> " + entry.getLinkName()
                  : ((entry.getMode() & 0100) != 0 ? "x " : "- ")
                      + new String(tar.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return entries;
  }

  private SortedMap<String, String> ours() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Repository repository =
        new FileRepositoryBuilder().setGitDir(work.resolve(".git").toFile()).build()) {
      new SourceArchive(repository, SourceLimits.withBytes(Long.MAX_VALUE), new KnownLfsContents())
          .write(requireNonNull(repository.resolve("HEAD")), out);
    }
    return entries(new ZstdInputStream(new ByteArrayInputStream(out.toByteArray())));
  }

  private SortedMap<String, String> gits() throws Exception {
    return entries(new ByteArrayInputStream(git("archive", "--format=tar", "HEAD")));
  }

  /** One line for each entry that is not the same in both. */
  private List<String> differences() throws Exception {
    SortedMap<String, String> ours = ours();
    SortedMap<String, String> gits = gits();
    SortedMap<String, String> all = new TreeMap<>(gits);
    all.putAll(ours);
    return all.keySet().stream()
        .filter(name -> !Objects.equals(ours.get(name), gits.get(name)))
        .map(name -> name + ": " + ours.get(name) + ", git: " + gits.get(name))
        .toList();
  }

  @Test
  void ignoresWhatGitIgnores() throws Exception {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      git("rm", "-rqf", "--ignore-unmatch", ".");
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 25; i++) {
        write(path(random), random.nextBoolean() ? "x" : "$Format:%h$ x");
      }
      for (int i = 0; i < 4; i++) {
        String directory = i == 0 ? "" : directory(random);
        String attributes = attributes(random);
        write(directory + ".gitattributes", attributes);
        all.append(directory).append(":\n").append(attributes);
      }
      commit();

      assertThat(differences()).as("seed %d\n%s", seed, all).isEmpty();
    }
  }

  private static String pick(Random random, String[] from) {
    return from[random.nextInt(from.length)];
  }

  private String directory(Random random) {
    StringBuilder path = new StringBuilder();
    for (int depth = random.nextInt(4); depth > 0; depth--) {
      String next = path + pick(random, NAMES);
      if (Files.isRegularFile(work.resolve(next))) {
        break;
      }
      path.append(pick(random, NAMES)).append('/');
      if (Files.isRegularFile(work.resolve(path.substring(0, path.length() - 1)))) {
        return "";
      }
    }
    return path.toString();
  }

  private String path(Random random) {
    String path;
    do {
      path = directory(random) + pick(random, NAMES);
    } while (Files.isDirectory(work.resolve(path)));
    return path;
  }

  private static String attributes(Random random) {
    StringBuilder lines = new StringBuilder(random.nextInt(5) == 0 ? "\uFEFF" : "");
    if (random.nextBoolean()) {
      lines.append("[attr]m1 export-ignore\n[attr]m2 m1 -export-subst\n");
    }
    for (int i = random.nextInt(6); i >= 0; i--) {
      StringBuilder pattern = new StringBuilder(random.nextInt(4) == 0 ? "/" : "");
      for (int j = random.nextInt(4); j >= 0; j--) {
        pattern.append(pick(random, PIECES)).append(random.nextInt(3) == 0 ? "/" : "");
      }
      String text = pattern.toString();
      if (random.nextInt(6) == 0) {
        text = '"' + text.replace("\\", "\\\\") + '"';
      }
      lines
          .append(random.nextInt(8) == 0 ? " \t" : "")
          .append(random.nextInt(12) == 0 ? "#" : random.nextInt(12) == 0 ? "!" : "")
          .append(text)
          .append(random.nextBoolean() ? " " : " \t ")
          .append(pick(random, STATES))
          .append(random.nextInt(6) == 0 ? "\r\n" : "\n");
    }
    return lines.toString();
  }

  @Test
  void expandsWhatGitExpands() throws Exception {
    write(".gitattributes", "* export-subst\nplain -export-subst\n");
    write("plain", "$Format:%H$");
    write("first", "first");
    commit();
    for (String placeholder :
        ("H T t P p h an aN ae aE al aL at ad aD ai aI as cn ce ct cd cD ci cI cs s f b B e n % x41 xzz q"
                + " N %H z")
            .split(" ", -1)) {
      write("p/" + placeholder, "a $Format:[%" + placeholder + "]$ b");
    }
    write("many", "$Format:%H$ $Format:%h$$Format:$Format:%an$ $Format:%ae");
    write("lines", "$Format:%s\n%b\n$ $Id$\n$Format$\r\n");
    Files.createSymbolicLink(work.resolve("link"), Path.of("$Format:%H$"));
    write("run", "#!/bin/sh\n");
    work.resolve("run").toFile().setExecutable(true);
    write("raw", "\u0000$Format:%an é$");
    commit();

    assertThat(differences()).isEmpty();
  }

  @Test
  void leavesOutDirectoriesWithNoFilesInThem() throws Exception {
    write(".gitattributes", "*.log export-ignore\nsub/* export-ignore\ngone/ export-ignore\n");
    write("logs/deep/a.log", "x");
    write("sub/a", "x");
    write("gone/a", "x");
    write("outer/gone/a", "x");
    write("kept/gone", "x");
    commit();

    assertThat(ours().keySet())
        .containsExactly(".gitattributes", "kept/", "kept/gone", "logs/", "logs/deep/", "sub/");
    assertThat(differences()).isEmpty();
  }

  @Test
  void refNamesAreEmpty() throws Exception {
    write(".gitattributes", "* export-subst\n");
    write("v", "[$Format:%d%D%(describe:tags=true)$]");
    commit();
    git("tag", "v1");

    assertThat(ours()).containsEntry("v", "- []");
  }
}
