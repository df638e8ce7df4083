package io.platform.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs the user's git in the current directory. */
public final class Git {
  /** What decides which settings git reads; they are the user's, as this command was told. */
  private static final List<String> SETTINGS =
      List.of("HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM");

  private final CommandContext context;

  Git(CommandContext context) {
    this.context = context;
  }

  /** How a git command ended. */
  private record Ended(int status, String out, String err) {
    boolean well() {
      return status == 0;
    }
  }

  public boolean isInstalled() {
    return run("--version").map(Ended::well).orElse(false);
  }

  public boolean isRepository() {
    return run("rev-parse", "--git-dir").map(Ended::well).orElse(false);
  }

  public Optional<String> remote(String name) {
    return run("remote", "get-url", "--", name).filter(Ended::well).map(it -> it.out().strip());
  }

  /** Names and URLs of all remotes. */
  public Map<String, String> remotes() {
    var remotes = new LinkedHashMap<String, String>();
    for (var name :
        run("remote").filter(Ended::well).stream().flatMap(it -> it.out().lines()).toList()) {
      remote(name).ifPresent(url -> remotes.put(name, url));
    }
    return remotes;
  }

  public void addRemote(String name, String url) {
    must("add the remote " + name, "remote", "add", "--", name, url);
  }

  public void setRemoteUrl(String name, String url) {
    must("change the remote " + name, "remote", "set-url", "--", name, url);
  }

  public void removeRemote(String name) {
    must("remove the remote " + name, "remote", "remove", "--", name);
  }

  /**
   * The file that {@code git config --global} replaces, where that is none that may be replaced:
   * git renames its new file over it, also over a device such as /dev/null, by which users switch
   * these settings off.
   */
  public Optional<Path> switchedOffSettings() {
    return context
        .variable("GIT_CONFIG_GLOBAL")
        .or(() -> context.variable("HOME").map(home -> home + "/.gitconfig"))
        .map(Path::of)
        .filter(file -> Files.exists(file) && !Files.isRegularFile(file));
  }

  /**
   * Makes the helper the only one that git asks for this URL: the empty value drops those of other
   * sections. Not to be called where the settings are switched off.
   */
  public void setCredentialHelper(String url, String helper) {
    var key = "credential." + url + ".helper";
    must("register the credential helper", "config", "--global", "--replace-all", key, "");
    must("register the credential helper", "config", "--global", "--add", key, helper);
  }

  /** True if there was one. */
  public boolean removeCredentialHelper(String url) {
    if (switchedOffSettings().isPresent()) {
      return false;
    }
    return run("config", "--global", "--unset-all", "credential." + url + ".helper")
        .map(Ended::well)
        .orElse(false);
  }

  private void must(String what, String... arguments) {
    var ended = run(arguments);
    if (ended.isEmpty()) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "Could not " + what + ": git is not on the PATH. Install git, and try again.");
    }
    if (!ended.get().well()) {
      throw new CommandFailure(
          ExitCode.FAILED, "Could not " + what + "; git says: " + ended.get().err().strip());
    }
  }

  /** Empty where there is no git. */
  private Optional<Ended> run(String... arguments) {
    var command = Stream.concat(Stream.of("git"), List.of(arguments).stream()).toList();
    var builder = context.process(command).directory(context.directory().toFile());
    for (var name : SETTINGS) {
      context
          .variable(name)
          .ifPresentOrElse(
              it -> builder.environment().put(name, it), () -> builder.environment().remove(name));
    }
    try {
      var process = builder.start();
      process.getOutputStream().close();
      var out = text(process.getInputStream());
      var err = text(process.getErrorStream());
      return Optional.of(new Ended(process.waitFor(), out, err));
    } catch (IOException notThere) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FAILED, "Interrupted while waiting for git.");
    }
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }
}
