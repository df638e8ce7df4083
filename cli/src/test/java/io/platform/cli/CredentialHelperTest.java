package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialHelperTest {
  private FakePlatform server;
  private User user;

  @BeforeEach
  void start(@TempDir Path home) throws IOException {
    server = new FakePlatform();
    user = new User(home);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String question() {
    return "protocol=http\nhost="
        + server.url().substring("http://".length())
        + "\npath=ada/shop.git\n\n";
  }

  /** A start script at a path that the shell would misread without quotes. */
  private void installCommand() throws IOException {
    var script = Files.createDirectories(user.home.resolve("it's $HOME here")).resolve("platform");
    Files.writeString(
        script,
        "#!/bin/sh\nexec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' io.platform.cli.PlatformCli \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    user.environment.put("PLATFORM_COMMAND", script.toString());
  }

  @Test
  void gitFindsTheLogin() throws Exception {
    installCommand();
    user.now = Instant.now();
    user.login(server);
    var filled = user.git(question(), "credential", "fill");

    assertThat(filled.code()).as(filled.err()).isZero();
    assertThat(filled.out()).contains("username=ada@example.com\n").contains("password=token-1\n");
  }

  @Test
  void gitAsksNoOneWhenThereIsNoLogin() throws Exception {
    installCommand();
    user.login(server);
    user.platform("logout");
    user.git(
        "",
        "config",
        "--global",
        "credential." + server.url() + ".helper",
        "!" + quoted() + " git-credential");
    var filled = user.git(question(), "credential", "fill");

    assertThat(filled.code()).isNotZero();
    assertThat(filled.out()).doesNotContain("password=");
    assertThat(filled.err())
        .contains(" !     Run `platform login " + server.url() + "`, and then git again.")
        .contains("quit");
  }

  private String quoted() {
    return "'" + user.environment.getOrDefault("PLATFORM_COMMAND", "").replace("'", "'\\''") + "'";
  }

  @Test
  void isRegisteredForThatServerAlone() throws Exception {
    user.git("", "config", "--global", "credential.helper", "store");
    user.login(server);
    user.login(server);
    var settings =
        user.git("", "config", "--global", "--get-all", "credential." + server.url() + ".helper");

    assertThat(settings.out()).isEqualTo("\n!'/opt/a b/it'\\''s/platform' git-credential\n");
    assertThat(user.git("", "config", "--global", "credential.helper").out()).isEqualTo("store\n");
  }

  @Test
  void answersForTheSameSchemeHostAndPortOnly() {
    user.login(server);
    var port = server.url().replaceAll(".*:", "");

    assertThat(user.platformWith(question(), "git-credential", "get").out())
        .contains("password=token-1");
    for (var other :
        new String[] {
          "protocol=https\nhost=localhost:" + port,
          "protocol=http\nhost=localhost",
          "protocol=http\nhost=127.0.0.1:" + port
        }) {
      assertThat(user.platformWith(other + "\n\n", "git-credential", "get").out())
          .isEqualTo("quit=1\n");
    }
  }

  @Test
  void tellsGitToQuitWhenTheLoginHasEnded() {
    user.login(server);
    user.now = User.NOW.plus(Duration.ofDays(31));
    var ended = user.platformWith(question(), "git-credential", "get");

    assertThat(ended.out()).isEqualTo("quit=1\n");
    assertThat(ended.err()).contains("has ended").contains("platform login " + server.url());
  }

  @Test
  void erasesOnlyTheTokenThatWasTurnedAway() throws IOException {
    user.login(server);
    var old = question().strip() + "\nusername=x\npassword=token-0\n\n";
    var fresh = question().strip() + "\nusername=x\npassword=token-1\n\n";

    assertThat(user.platformWith(old, "git-credential", "erase").err()).isEmpty();
    assertThat(Files.readString(user.credentials())).contains("token-1");
    assertThat(user.platformWith(fresh, "git-credential", "erase").err())
        .contains("no longer accepts your login");
    assertThat(Files.readString(user.credentials())).doesNotContain("token-1");
  }

  @Test
  void storesNothing() throws IOException {
    user.login(server);
    var before = Files.readString(user.credentials());
    var ended =
        user.platformWith(question().strip() + "\npassword=other\n\n", "git-credential", "store");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).isEmpty();
    assertThat(Files.readString(user.credentials())).isEqualTo(before);
  }
}
