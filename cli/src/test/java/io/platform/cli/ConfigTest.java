package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigTest {
  private FakePlatform server;
  private User user;

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    server = new FakePlatform();
    user = new User(home);
    user.login(server);
    server.app("shop").put("release", "v1");
    server.release("live", "Deploy 0123456");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void setWaitsUntilTheReleaseIsLive() {
    var ended =
        user.platform("config", "set", "A=1", "URL=postgres://u:p@h/d?x=y", "EMPTY=", "-a", "shop");

    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .isEqualTo(
            """
            -----> Set A, URL, EMPTY on ada/shop
                   Rolling out v2 …
                   v2 is live
            """);
    assertThat(server.requests).contains("GET /api/v1/apps/ada/shop/releases/v2?wait=60");
    assertThat(user.platform("config", "--reveal", "-a", "shop").out())
        .isEqualTo(
            """
            A      1
            URL    postgres://u:p@h/d?x=y
            EMPTY
            """);
  }

  @Test
  void setFailsWhenTheReleaseDoesNotComeUp() {
    server.releaseEnds = "failed";
    var ended = user.platform("config", "set", "SECRET=hush", "-a", "shop");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .isEqualTo(
            """
             !     v2 did not come up. The current release keeps running.
             !     The app did not answer on PORT within 60 seconds.
             !     Error: boom
            """);
    assertThat(ended.out() + ended.err()).doesNotContain("hush");
  }

  @Test
  void unsetRemoves() {
    user.platform("config", "set", "A=1", "B=2", "-a", "shop");
    var ended = user.platform("config", "unset", "A", "-a", "shop");

    assertThat(ended.out()).startsWith("-----> Removed A on ada/shop\n");
    assertThat(user.platform("config", "-a", "shop", "--json", "--reveal").out())
        .isEqualTo("{\n  \"B\" : \"2\"\n}\n");
  }

  @Test
  void saysThatNothingIsDeployedYet() {
    server.app("shop");
    var ended = user.platform("config", "set", "A=1", "-a", "shop");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("No new release, because nothing is deployed yet.");
  }

  @Test
  void getPrintsTheValueAlone() {
    user.platform("config", "set", "A=two\nlines", "-a", "shop");

    assertThat(user.platform("config", "get", "A", "-a", "shop").out()).isEqualTo("two\nlines\n");
    assertThat(user.platform("config", "--reveal", "-a", "shop").out())
        .isEqualTo("A  two\\nlines\n");
    assertThat(user.platform("config", "get", "NONE", "-a", "shop").code()).isEqualTo(4);
  }

  @Test
  void getFiltersWhatControlsATerminalOnATerminalAlone() {
    user.platform("config", "set", "A=a\u009b2J\033]0;t\007b\u202e", "-a", "shop");

    assertThat(user.platform("config", "get", "A", "-a", "shop").out())
        .isEqualTo("a\u009b2J\033]0;t\007b\u202e\n");
    user.interactive = true;
    assertThat(user.platform("config", "get", "A", "-a", "shop").out()).isEqualTo("a2J]0;tb\n");
  }

  @Test
  void showsValuesOnlyWhenAsked() {
    user.platform("config", "set", "KEY=hush", "EMPTY=", "-a", "shop");

    assertThat(user.platform("config", "-a", "shop").out()).isEqualTo("KEY    ********\nEMPTY\n");
    assertThat(user.platform("config", "--json", "-a", "shop").out())
        .isEqualTo("{\n  \"KEY\" : \"********\",\n  \"EMPTY\" : \"\"\n}\n");
    assertThat(user.platform("config", "--json", "--reveal", "-a", "shop").out()).contains("hush");
    assertThat(user.platform("config", "get", "KEY", "-a", "shop").out()).isEqualTo("hush\n");
  }

  @Test
  void saysThatNothingChanged() {
    user.platform("config", "set", "A=1", "-a", "shop");
    var ended = user.platform("config", "set", "A=1", "-a", "shop");

    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .isEqualTo("-----> Nothing changed on ada/shop: the config vars have these values.\n");
    assertThat(user.platform("config", "set", "A=1", "B=2", "-a", "shop").out())
        .startsWith("-----> Set B on ada/shop\n");
  }

  @Test
  void refusesWhatIsNoAssignment() {
    assertThat(user.platform("config", "set", "A", "-a", "shop").err())
        .contains("What should A be?");
    assertThat(user.platform("config", "set", "1A=x", "-a", "shop").code()).isEqualTo(2);
    assertThat(user.platform("config", "set", "-a", "shop").code()).isEqualTo(2);
    assertThat(user.platform("config", "unset", "A B", "-a", "shop").code()).isEqualTo(2);
  }

  @Test
  void rollbackWaitsToo() {
    var ended = user.platform("rollback", "v1", "-a", "shop");

    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .isEqualTo(
            "-----> Rollback to v1, as v2 of ada/shop\n       Rolling out v2 …\n       v2 is live\n");
  }

  @Test
  void listsReleases() {
    server.release("failed", "Set A config vars");

    assertThat(user.platform("releases", "-a", "shop").out())
        .isEqualTo(
            """
            RELEASE  STATUS  DESCRIPTION        BY               CREATED
            v2       failed  Set A config vars  ada@example.com  2026-01-02 03:04:05
            v1 *     live    Deploy 0123456     ada@example.com  2026-01-02 03:04:05
            """);
    assertThat(user.platform("releases", "-a", "shop", "--json").out())
        .contains("\"version\" : \"v2\"");
  }

  @Test
  void unsetSaysWhatWasNotSet() {
    user.platform("config", "set", "A=1", "-a", "shop");
    server.requests.clear();

    var ended = user.platform("config", "unset", "NOPE", "-a", "shop");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).isEqualTo("       NOPE is not set on ada/shop; nothing was changed.\n");
    assertThat(server.requests).noneMatch(it -> it.startsWith("PATCH"));
    var both = user.platform("config", "unset", "NOPE", "A", "-a", "shop");
    assertThat(both.err()).contains("NOPE is not set on ada/shop.");
    assertThat(both.out()).contains("Removed A on ada/shop");
  }

  @Test
  void aTableTellsALineBreakFromTheTwoCharactersThatStandForIt() {
    user.platform("config", "set", "A=x\ny", "B=x\\ny", "C=\u001b[2J\u202e", "-a", "shop");

    assertThat(user.platform("config", "--reveal", "-a", "shop").out())
        .isEqualTo("A  x\\ny\nB  x\\\\ny\nC  \\u001B[2J\\u202E\n");
  }
}
