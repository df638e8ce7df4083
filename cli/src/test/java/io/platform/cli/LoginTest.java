package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.platform.testing.SilentPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoginTest {
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

  @Test
  void keepsTheTokenForTheUserAlone() throws IOException {
    var ended = user.login(server);

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("-----> Logged in at " + server.url() + " as ada@example.com");
    assertThat(ended.out() + ended.err()).doesNotContain("token-");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(user.credentials())))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(user.credentials().getParent())))
        .isEqualTo("rwx------");
    assertThat(Files.readString(user.credentials())).contains("token-1");
  }

  @Test
  void asksForAddressAndPasswordWithoutEcho() {
    user.interactive = true;
    user.answers.add("ada@example.com");
    user.answers.add(FakePlatform.PASSWORD);

    assertThat(user.platform("login", server.url()).code()).isZero();
    assertThat(user.prompts).containsExactly("E-mail: ", "Password: (secretly)");
  }

  /**
   * git would rename a regular file over /dev/null, for all users of the machine. The test names
   * another file of that kind, over which git cannot rename one.
   */
  @Test
  void leavesADeviceInPlaceOfGitsSettingsAlone() {
    user.environment.put("GIT_CONFIG_GLOBAL", "/proc/self/fd/0");

    var ended = user.login(server);

    assertThat(ended.code()).isZero();
    assertThat(ended.err()).contains("git does not know of this login").contains("/proc/self/fd/0");
    assertThat(user.platform("logout").code()).isZero();
  }

  @Test
  void saysWhatToDoWithoutATerminal() {
    var ended = user.platform("login", server.url());

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("--email");
  }

  @Test
  void saysThatThePasswordIsWrong() {
    var ended =
        user.platformWith(
            "wrong\n", "login", server.url(), "--email", "ada@example.com", "--password-stdin");

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err())
        .contains(
            " !     Not logged in at "
                + server.url()
                + ": The e-mail address or the password is wrong.");
    assertThat(ended.err())
        .doesNotContain("wrong\n\n")
        .contains("Check the address ada@example.com");
    assertThat(user.credentials()).doesNotExist();
  }

  @Test
  void saysThatNobodyAnswers() throws IOException {
    try (var silent = new SilentPort()) {
      var ended = user.platform("login", "http://localhost:" + silent.number());

      assertThat(ended.code()).isEqualTo(5);
      assertThat(ended.err())
          .contains(
              "Could not reach http://localhost:%d: nothing answers there"
                  .formatted(silent.number()));
    }
  }

  @Test
  void saysThatTheServerIsNoPlatform() throws IOException {
    var other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes(StandardCharsets.UTF_8));
          }
        });
    other.start();
    try {
      var ended = user.platform("login", "http://localhost:" + other.getAddress().getPort());
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.err()).contains("is not a Platform server");
    } finally {
      other.stop(0);
    }
  }

  @Test
  void refusesWhatIsNoAddress() {
    assertThat(user.platform("login", "http://localhost:1/path").code()).isEqualTo(2);
    assertThat(user.platform("login", "ftp://localhost").code()).isEqualTo(2);
  }

  @Test
  void sendsNoPasswordToAServerThatCallsItselfOtherwise() {
    var ended = user.platform("login", server.url().replace("localhost", "127.0.0.1"));

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("calls itself " + server.url());
    assertThat(server.requests).noneMatch(it -> it.contains("/oauth/token"));
  }

  @Test
  void endsTheTokenOfBefore() {
    user.login(server);
    user.login(server);

    assertThat(server.tokens).containsExactly("token-2");
  }

  @Test
  void logoutEndsTheTokenAndForgetsIt() throws Exception {
    user.login(server);
    var ended = user.platform("logout");

    assertThat(ended.code()).isZero();
    assertThat(server.tokens).isEmpty();
    assertThat(Files.readString(user.credentials())).doesNotContain("token-1");
    assertThat(user.git("", "config", "--global", "--list").out()).doesNotContain("credential");
    assertThat(user.platform("whoami").code()).isEqualTo(3);
    assertThat(user.platform("logout").code()).isZero();
  }

  @Test
  void logoutForgetsTheTokenEvenWhenTheServerIsAway() throws IOException {
    user.login(server);
    server.close();
    var ended = user.platform("logout");

    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.err()).contains("It ends by itself on 2026-02-02");
    assertThat(Files.readString(user.credentials())).doesNotContain("token-1");
  }

  @Test
  void knowsSeveralServersAndTheCurrentOne() throws IOException {
    try (var second = new FakePlatform()) {
      user.login(server);
      user.login(second);

      assertThat(user.platform("whoami").out()).contains(second.url());
      assertThat(user.platform("whoami", "--server", server.url()).out()).contains(server.url());
    }
  }

  @Test
  void whoamiTellsTheNamespaces() {
    user.login(server);

    assertThat(user.platform("whoami").out())
        .isEqualTo(
            """
            E-mail      ada@example.com
            Server      %s
            Namespace   ada (owner)
            Namespace   acme (viewer)
            Login ends  2026-02-02
            """
                .formatted(server.url()));
    assertThat(user.platform("whoami", "--json").out()).contains("\"namespace\" : \"ada\"");
  }

  @Test
  void asksForALoginWhenTheTokenHasEndedHereOrThere() {
    user.login(server);
    server.tokens.clear();
    var there = user.platform("apps");
    user.now = User.NOW.plus(Duration.ofDays(31));
    var here = user.platform("apps");

    assertThat(there.code()).isEqualTo(3);
    assertThat(there.err()).contains("platform login " + server.url());
    assertThat(here.code()).isEqualTo(3);
    assertThat(here.err()).contains("ended on 2026-02-02");
  }

  @Test
  void passwdAsksWithoutEchoAndLogsInAnew() {
    user.login(server);
    user.interactive = true;
    user.answers.addAll(List.of(FakePlatform.PASSWORD, "a new password", "a new password"));

    var ended = user.platform("passwd");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("Changed the password of ada@example.com");
    assertThat(user.prompts)
        .containsExactly(
            "Old password: (secretly)",
            "New password: (secretly)",
            "New password again: (secretly)");
    assertThat(server.password).isEqualTo("a new password");
    assertThat(user.platform("whoami").code()).as("the login is a new one").isZero();
  }

  @Test
  void passwdChangesNothingWhereTheOldOneIsWrongOrTheNewOnesDiffer() {
    user.login(server);

    var wrong = user.platformWith("wrong\na new password\n", "passwd", "--password-stdin");
    user.interactive = true;
    user.answers.addAll(List.of(FakePlatform.PASSWORD, "one", "another"));
    var differ = user.platform("passwd");

    assertThat(wrong.code()).isEqualTo(3);
    assertThat(wrong.err()).contains("The old password is wrong; the password is not changed.");
    assertThat(differ.code()).isEqualTo(2);
    assertThat(differ.err()).contains("The two new passwords differ");
    assertThat(server.password).isEqualTo(FakePlatform.PASSWORD);
    assertThat(user.platform("whoami").code()).isZero();
  }
}
