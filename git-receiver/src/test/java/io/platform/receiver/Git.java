package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The real git in a working directory, with a home of its own. */
final class Git {
  private final Path home;
  private final Path directory;

  private Git(Path home, Path directory) {
    this.home = home;
    this.directory = directory;
  }

  /** How a command ended, and what it said. */
  record Said(int exitCode, String text) {
    /** The lines that came from the server, without git's prefix and padding. */
    String remote() {
      return text.lines()
          .filter(line -> line.startsWith("remote: "))
          .map(line -> line.substring("remote: ".length()))
          .collect(Collectors.joining("\n"));
    }

    Said succeeded() {
      assertThat(exitCode).as(text).isZero();
      return this;
    }

    Said failed() {
      assertThat(exitCode).as(text).isNotZero();
      return this;
    }
  }

  static Git at(Path home, Path directory) throws IOException {
    Files.createDirectories(directory);
    return new Git(home, directory);
  }

  /** A new repository on main with one commit. */
  static Git repository(Path home, String name) throws IOException {
    Git git = at(home, home.resolve(name));
    git.run("init", "-q", "-b", "main").succeeded();
    git.write("index.html", "hello\n").commit("First");
    return git;
  }

  Path directory() {
    return directory;
  }

  Git write(String file, String content) throws IOException {
    return write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  Git write(String file, byte[] content) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, content);
    return this;
  }

  Git commit(String message) {
    run("add", "-A").succeeded();
    run("commit", "-q", "--allow-empty", "-m", message).succeeded();
    return this;
  }

  String head() {
    return revision("HEAD");
  }

  String revision(String name) {
    return run("rev-parse", name).succeeded().text().strip();
  }

  Git remote(String url) {
    run("remote", "add", "platform", url).succeeded();
    return this;
  }

  Said push(String... refs) {
    List<String> arguments = new ArrayList<>(List.of("push", "platform"));
    arguments.addAll(List.of(refs));
    return run(arguments.toArray(String[]::new));
  }

  Said run(String... arguments) {
    try {
      Process process = start(arguments);
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Said(
          process.waitFor(),
          text.lines().map(String::stripTrailing).collect(Collectors.joining("\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("HOME", home.toString());
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("LC_ALL", "C.UTF-8");
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      builder.environment().put("GIT_" + who + "_NAME", "Ada");
      builder.environment().put("GIT_" + who + "_EMAIL", "ada@example.com");
      builder.environment().put("GIT_" + who + "_DATE", "2026-01-01T00:00:00Z");
    }
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }
}
