package io.platform.cli;

import io.platform.cli.client.HttpClients;
import io.platform.cli.client.ProxyVariables;
import io.platform.cli.command.CommandContext;
import io.platform.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A user with a home of their own, a directory in which they stand, and maybe a terminal. */
final class User {
  static final Instant NOW = Instant.parse("2026-01-03T12:00:00Z");

  final Path home;
  Path directory;
  Instant now = NOW;
  final Map<String, String> environment = new HashMap<>();
  final ArrayDeque<String> answers = new ArrayDeque<>();
  final List<String> prompts = new ArrayList<>();
  boolean interactive;
  OptionalInt width = OptionalInt.empty();

  User(Path home) throws IOException {
    this.home = home;
    this.directory = Files.createDirectories(home.resolve("work"));
    environment.put("HOME", home.toString());
    environment.put("GIT_CONFIG_GLOBAL", home.resolve("gitconfig").toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("PLATFORM_COMMAND", "/opt/a b/it's/platform");
  }

  /** How a command ended. */
  record Ended(int code, String out, String err) {}

  Ended platform(String... words) {
    return platformWith("", words);
  }

  Ended platformWith(String input, String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var context =
        new CommandContext(
            environment::get,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            directory,
            new Keyboard(),
            InstantSource.fixed(now),
            () -> ZoneOffset.UTC,
            new HttpClients("test", Optional.empty(), new ProxyVariables(environment::get)));
    int code = CommandRunner.run(context, words);
    return new Ended(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  Ended login(FakePlatform server) {
    return platformWith(
        FakePlatform.PASSWORD + "\n",
        "login",
        server.url(),
        "--email",
        FakePlatform.EMAIL,
        "--password-stdin");
  }

  Path credentials() {
    return home.resolve(".config/platform/credentials.json");
  }

  /** The real git, with this user's settings and nothing of the machine's. */
  Ended git(String input, String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    return run(input, command);
  }

  Ended run(String input, List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    builder.environment().put("GIT_ASKPASS", "/bin/false");
    builder.environment().remove("XDG_CONFIG_HOME");
    var err = Files.createTempFile(home, "err", "");
    var process = builder.redirectError(err.toFile()).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, Files.readString(err));
  }

  private final class Keyboard implements Terminal {
    @Override
    public boolean showsOutput() {
      return interactive;
    }

    @Override
    public boolean showsErrors() {
      return interactive;
    }

    @Override
    public boolean isInteractive() {
      return interactive;
    }

    @Override
    public OptionalInt width() {
      return width;
    }

    @Override
    public Optional<String> ask(String prompt) {
      prompts.add(prompt);
      return Optional.ofNullable(answers.poll());
    }

    @Override
    public Optional<String> askSecretly(String prompt) {
      prompts.add(prompt + "(secretly)");
      return Optional.ofNullable(answers.poll());
    }
  }
}
