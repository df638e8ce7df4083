package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildsTest {
  private static final String LOG = "-----> Building\n       grün ✓\r50%\n -----> Released v1\n";

  private FakePlatform server;
  private User user;

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    server = new FakePlatform();
    user = new User(home);
    user.login(server);
    server.app("shop");
    server.log = LOG;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsBuildsNewestFirst() {
    server.build("b1", "succeeded").put("release", "v1").put("outcome", "deployed");
    server.build("b2", "succeeded").put("outcome", "rejected");
    server.build("b3", "failed");

    assertThat(user.platform("builds", "-a", "shop").out())
        .isEqualTo(
            """
            BUILD  STATUS     COMMIT   RELEASE  BY               CREATED
            b3     failed     0123456  -        ada@example.com  2026-01-02 03:04:05
            b2     rejected   0123456  -        ada@example.com  2026-01-02 03:04:05
            b1     succeeded  0123456  v1       ada@example.com  2026-01-02 03:04:05
            """);
    assertThat(user.platform("builds", "-a", "shop", "--json").out())
        .contains("\"id\" : \"b3\"", "\"created_at\"");
  }

  @Test
  void showsAndPurgesTheCache() {
    server.cache = 1_234_567;
    assertThat(user.platform("builds", "cache", "-a", "shop").out()).isEqualTo("1,234,567 bytes\n");
    assertThat(user.platform("builds", "cache", "--json", "-a", "shop").out())
        .contains("\"size\" : 1234567");
    assertThat(user.platform("builds", "cache", "purge", "-a", "shop").out())
        .isEqualTo("-----> Purging the build cache of ada/shop (1,234,567 bytes)\n");
    assertThat(user.platform("builds", "cache", "purge", "-a", "shop").err())
        .isEqualTo("       The build cache of ada/shop is empty.\n");
    assertThat(user.platform("builds", "cache", "-a", "shop").out()).isEqualTo("0 bytes\n");
  }

  @Test
  void showsTheLogByteForByte() {
    server.build("b1", "failed");
    var ended = user.platform("builds", "log", "latest", "-a", "shop");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).isEqualTo(LOG);
  }

  @Test
  void filtersTheLogOnATerminal() {
    server.build("b1", "failed");
    server.log = "\033[31;1mred\033[0m 50%\r\033]0;title\007 grün ✓ \u009b2J\u202e end\033[\n";
    assertThat(user.platform("builds", "log", "-a", "shop").out()).isEqualTo(server.log);

    user.interactive = true;
    var shown = "\033[31;1mred\033[0m 50%]0;title grün ✓ 2J end[\n";
    assertThat(user.platform("builds", "log", "-a", "shop").out()).isEqualTo(shown);
    assertThat(user.platform("builds", "log", "-a", "shop", "--follow").out()).isEqualTo(shown);

    user.environment.put("NO_COLOR", "1");
    assertThat(user.platform("builds", "log", "-a", "shop").out())
        .isEqualTo("red 50%]0;title grün ✓ 2J end[\n");
  }

  @Test
  void filtersTheLogWhereverAConnectionCutsIt() {
    server.build("b1", "succeeded").put("outcome", "deployed");
    server.log = "\033[32m✓\033[0m\u009b2J\u202e\033[2J\n";
    user.interactive = true;
    server.breakAfter = 1;
    assertThat(user.platform("builds", "log", "b1", "--follow", "-a", "shop").out())
        .isEqualTo("\033[32m✓\033[0m2J[2J\n");
  }

  @Test
  void escapesWhatControlsATerminalInJson() {
    server.build("b1", "failed").put("message", "a\u009b2J\u202eb\u007f\033c ü");
    assertThat(user.platform("builds", "-a", "shop", "--json").out())
        .contains("a\\u009b2J\\u202eb\\u007f\\u001Bc ü")
        .doesNotContain("\u009b", "\u202e", "\u007f", "\033");
  }

  @Test
  void printsNothingThatControlsATerminal() {
    server
        .build("b1", "failed")
        .put("message", "\033[32mnpm\033[0m \033]0;title\007ended\u009b2J \u202ewith\r code 1.");

    assertThat(user.platform("builds", "log", "--follow", "-a", "shop").err())
        .isEqualTo(" !     Build b1 failed: npm ]0;titleended2J with code 1.\n");
    user.interactive = true;
    assertThat(user.platform("builds", "log", "--follow", "-a", "shop").err())
        .contains("\033[32mnpm\033[0m ]0;titleended2J with code 1.");
  }

  @Test
  void goesOnWhereTheConnectionBroke() {
    server.build("b1", "succeeded").put("outcome", "deployed");
    server.breakAfter = 20;
    var ended = user.platform("builds", "log", "b1", "--follow", "-a", "shop");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).isEqualTo(LOG);
    assertThat(server.requests)
        .containsSubsequence(
            "GET /api/v1/apps/ada/shop/builds/b1/log?from=0&follow=true",
            "GET /api/v1/apps/ada/shop/builds/b1/log?from=20&follow=true");
  }

  @Test
  void followingAFailedBuildFails() {
    server.build("b1", "failed").put("message", "npm ci ended with code 1.");
    var ended = user.platform("builds", "log", "--follow", "-a", "shop");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).isEqualTo(LOG);
    assertThat(ended.err()).isEqualTo(" !     Build b1 failed: npm ci ended with code 1.\n");
  }

  @Test
  void followingABuildWhoseReleaseWasGivenUpFails() {
    server.build("b1", "succeeded").put("outcome", "rejected");

    assertThat(user.platform("builds", "log", "-f", "-a", "shop").code()).isEqualTo(1);
  }

  @Test
  void saysThatThereIsNoSuchBuild() {
    var ended = user.platform("builds", "log", "b9", "-a", "shop");

    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err()).isEqualTo(" !     There is no such build.\n");
  }

  @Test
  void cancelsTheLatest() {
    server.build("b1", "running");
    var ended = user.platform("builds", "cancel", "-a", "shop");

    assertThat(ended.out()).isEqualTo("-----> Canceling build b1 of ada/shop\n");
    assertThat(server.requests).contains("POST /api/v1/apps/ada/shop/builds/latest/cancel");
  }

  @Test
  void coloursErrorsOnATerminalUnlessTheUserMinds() {
    user.interactive = true;
    assertThat(user.platform("builds", "log", "-a", "shop").err()).contains("\033[31m !     ");
    user.environment.put("NO_COLOR", "1");
    assertThat(user.platform("builds", "log", "-a", "shop").err()).doesNotContain("\033");
  }
}
