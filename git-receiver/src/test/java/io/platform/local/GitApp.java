package io.platform.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A user's repository, worked on with the real git. */
final class GitApp {
  private static final long LIMIT_SECONDS = 120;

  private final Path directory;

  GitApp(Path directory) {
    this.directory = directory;
  }

  static GitApp in(Path directory) throws Exception {
    Files.createDirectories(directory);
    GitApp app = new GitApp(directory);
    app.git("init", "-q", "-b", "main", ".");
    return app;
  }

  /** A file that is served at its name by a small web server, and the commit that has it. */
  String commitPage(String name, String content) throws Exception {
    write("Procfile", "web: exec python3 -m http.server $PORT\n");
    write(name, content);
    return commit(content);
  }

  void write(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, content);
  }

  String commit(String message) throws Exception {
    git("add", "-A");
    git("commit", "-qm", message);
    return git("rev-parse", "HEAD").output().strip();
  }

  Result push(URI base, String token, String app, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("push"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of(remote(base, token, app), "main"));
    return git(arguments.toArray(String[]::new));
  }

  /** What main is at the platform; empty where it is not. */
  String remoteMain(URI base, String token, String app) throws Exception {
    String line = git("ls-remote", remote(base, token, app), "refs/heads/main").output();
    return line.substring(0, Math.max(0, line.indexOf(9)));
  }

  /** A push that goes on while the test does something else. */
  Process startPush(URI base, String token, String app) throws IOException {
    return start(List.of("push", remote(base, token, app), "main"));
  }

  private static String remote(URI base, String token, String app) {
    return "http://token:" + token + "@" + base.getAuthority() + "/" + app + ".git";
  }

  Result git(String... arguments) throws Exception {
    Process process = start(List.of(arguments));
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("git does not end: " + String.join(" ", arguments));
    }
    return new Result(process.exitValue(), output);
  }

  private Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_TERMINAL_PROMPT", "0",
                "GIT_AUTHOR_NAME", "Pusher",
                "GIT_AUTHOR_EMAIL", "pusher@example.com",
                "GIT_COMMITTER_NAME", "Pusher",
                "GIT_COMMITTER_EMAIL", "pusher@example.com"));
    return builder.start();
  }

  /** How a git command ended. */
  record Result(int exit, String output) {}
}
