package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppsTest {
  private FakePlatform server;
  private User user;

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    server = new FakePlatform();
    user = new User(home);
    user.login(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void standInRepository() throws Exception {
    assertThat(user.git("", "init", "-q").code()).isZero();
  }

  private String remote(String name) throws Exception {
    return user.git("", "remote", "get-url", name).out().strip();
  }

  @Test
  void createAddsTheRemote() throws Exception {
    standInRepository();
    var ended = user.platform("create", "shop");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .isEqualTo(
            """
            -----> Created ada/shop
                   URL     http://shop-ada.localhost
                   Git     %1$s/ada/shop.git
                   Remote  platform
                   Deploy  git push platform main
            """
                .formatted(server.url()));
    assertThat(remote("platform")).isEqualTo(server.url() + "/ada/shop.git");
  }

  @Test
  void createWorksOutsideOfARepository() {
    var ended = user.platform("create", "shop");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("git remote add platform " + server.url() + "/ada/shop.git");
  }

  @Test
  void createTakesAnotherNameForTheRemote() throws Exception {
    standInRepository();
    user.platform("create", "shop", "--remote", "staging");

    assertThat(remote("staging")).isEqualTo(server.url() + "/ada/shop.git");
    assertThat(remote("platform")).isEmpty();
  }

  @Test
  void createMakesNoAppWhenTheRemoteIsTaken() throws Exception {
    standInRepository();
    user.git("", "remote", "add", "platform", "https://example.com/x.git");
    var ended = user.platform("create", "shop");

    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err()).contains("has a remote \"platform\" already").contains("--remote NAME");
    assertThat(server.apps).isEmpty();
  }

  @Test
  void createSaysThatTheAppExists() {
    server.app("shop");
    var ended = user.platform("create", "shop");

    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err())
        .contains("There is an app ada/shop already.")
        .contains("git remote add platform");
  }

  @Test
  void createRefusesNamesThatNoAppCanHave() {
    assertThat(user.platform("create", "Shop").code()).isEqualTo(2);
    assertThat(user.platform("create", "a-").code()).isEqualTo(2);
    assertThat(user.platform("create").code()).isEqualTo(2);
  }

  @Test
  void listsApps() {
    var shop = server.app("shop").put("release", "v3").put("status", "running");
    shop.put("maintenance", true);
    shop.putObject("formation").put("web", 2).put("clock", 0).put("worker", 1);
    server.app("a-longer-name");
    server.app("worker").put("release", "v1").put("status", "no_web");

    assertThat(user.platform("apps").out())
        .isEqualTo(
            """
            APP                STATUS                PROCESSES       RELEASE  URL
            ada/a-longer-name  idle                  -               -        http://a-longer-name-ada.localhost
            ada/shop           running, maintenance  web=2 worker=1  v3       http://shop-ada.localhost
            ada/worker         no web                -               v1       http://worker-ada.localhost
            """);
    assertThat(user.platform("apps", "--json").out())
        .startsWith("[\n")
        .contains("\"name\" : \"shop\"");
  }

  @Test
  void saysOnStandardErrorThatThereAreNoApps() {
    var ended = user.platform("apps");

    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("platform create NAME");
    assertThat(user.platform("apps", "--json").out().strip()).isEqualTo("[ ]");
  }

  @Test
  void infoFindsTheAppOfTheRemote() throws Exception {
    standInRepository();
    user.platform("create", "shop");
    var ended = user.platform("info");

    assertThat(ended.out())
        .isEqualTo(
            """
            App        ada/shop
            URL        http://shop-ada.localhost
            Git        %s/ada/shop.git
            Branch     main or master, whichever is pushed first
            Release    none yet
            Status     idle
            Processes  -
            Created    2026-01-02 03:04:05
            """
                .formatted(server.url()));
    assertThat(user.platform("info", "--json").out())
        .contains("\"git_url\"")
        .contains("\"release\" : null");
  }

  @Test
  void theNamedAppComesBeforeTheRemotes() throws Exception {
    standInRepository();
    user.platform("create", "shop");
    server.app("other");

    assertThat(user.platform("info", "-a", "other").out()).contains("ada/other");
    assertThat(user.platform("info", "ada/other").out()).contains("ada/other");
    assertThat(user.platform("builds", "-a", "ada/none").code()).isEqualTo(4);
  }

  @Test
  void theAppMayBeNamedBeforeTheInnerVerb() {
    server.app("shop");

    assertThat(user.platform("config", "-a", "shop", "get", "NONE").err())
        .contains("ada/shop has no config var NONE");
  }

  @Test
  void asksWhichAppOutsideOfARepository() {
    var ended = user.platform("info");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("Which app?").contains("-a APP");
  }

  @Test
  void doesNotTakeAnotherRemoteForAnApp() throws Exception {
    standInRepository();
    user.git("", "remote", "add", "platform", "https://ada:secret@github.com/a/b/c.git");
    var ended = user.platform("info");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("https://github.com/a/b/c.git").doesNotContain("secret");
  }

  @Test
  void sendsNoTokenToTheServerOfAForeignRemote() throws Exception {
    standInRepository();
    try (var other = new FakePlatform()) {
      user.git("", "remote", "add", "platform", other.url() + "/ada/shop.git");
      var ended = user.platform("info");

      assertThat(ended.code()).isEqualTo(3);
      assertThat(ended.err()).contains("platform login " + other.url());
      assertThat(other.requests).isEmpty();
    }
  }

  @Test
  void destroyWantsTheNameTwice() throws Exception {
    standInRepository();
    user.platform("create", "shop");

    assertThat(user.platform("destroy", "shop").code()).isEqualTo(2);
    assertThat(user.platform("destroy", "shop", "--confirm", "other").code()).isEqualTo(2);
    assertThat(server.apps).containsKey("ada/shop");
    assertThat(user.platform("destroy", "shop", "--confirm", "shop").code()).isZero();
    assertThat(server.apps).isEmpty();
    assertThat(remote("platform")).isEmpty();
  }

  @Test
  void destroyAsksAtATerminal() {
    server.app("shop");
    user.interactive = true;
    user.environment.put("NO_COLOR", "1");
    user.answers.add("no");
    assertThat(user.platform("destroy", "shop").code()).isEqualTo(2);
    user.answers.add("shop");
    assertThat(user.platform("destroy", "shop").code()).isZero();
    assertThat(user.prompts).containsOnly("Type shop to go on: ");
  }

  @Test
  void destroyKeepsTheRemoteOfAnotherApp() throws Exception {
    standInRepository();
    user.platform("create", "shop");
    server.app("other");
    user.platform("destroy", "other", "--confirm", "other");

    assertThat(remote("platform")).isNotEmpty();
  }

  @Test
  void openPrintsTheUrlAndStartsTheBrowser() throws Exception {
    server.app("shop");
    var browser = user.home.resolve("browser");
    Files.writeString(browser, "#!/bin/sh\necho \"$1\" > " + user.home.resolve("opened") + "\n");
    assertThat(browser.toFile().setExecutable(true)).isTrue();

    assertThat(user.platform("open", "-a", "shop").out()).isEqualTo("http://shop-ada.localhost\n");
    user.environment.put("BROWSER", browser.toString());
    assertThat(user.platform("open", "-a", "shop").code()).isZero();
    assertThat(opened()).isEqualTo("http://shop-ada.localhost\n");
  }

  private String opened() {
    var file = user.home.resolve("opened");
    return await()
        .atMost(Duration.ofSeconds(30))
        .ignoreException(NoSuchFileException.class)
        .until(() -> Files.readString(file), text -> !text.isEmpty());
  }

  @Test
  void administersAccountsNamespacesAndMembers() {
    var made =
        user.platformWith(
            "secret\n",
            "accounts",
            "create",
            "bob@example.com",
            "--namespace",
            "bob",
            "--password-stdin");
    assertThat(made.out())
        .contains("Created the account bob@example.com")
        .contains("Namespace  bob")
        .doesNotContain("secret");
    assertThat(user.platform("accounts").out()).contains("bob@example.com  bob");
    assertThat(user.platform("namespaces").out()).isEqualTo("NAMESPACE  ROLE\nada        owner\n");
    assertThat(user.platform("namespaces", "create", "acme").out())
        .contains("Created the namespace acme");
    assertThat(user.platform("members", "add", "bob@example.com", "--role", "developer").code())
        .isZero();
    assertThat(user.platform("members").out())
        .isEqualTo("E-MAIL           ROLE\nbob@example.com  developer\n");
    assertThat(user.platform("members", "add", "bob@example.com", "--role", "king").code())
        .isEqualTo(2);
    assertThat(user.platform("members", "remove", "bob@example.com").code()).isZero();
    assertThat(server.members).isEmpty();
  }

  @Test
  void destroyOffersToRemoveEachRemoteOfTheApp() throws Exception {
    user.git("", "init", "-q");
    user.platform("create", "shop");
    user.git("", "remote", "add", "second", server.url() + "/ada/shop.git");
    user.git("", "remote", "add", "origin", "https://example.com/x.git");
    user.interactive = true;
    user.answers.addAll(List.of("shop", "", "n"));

    var ended = user.platform("destroy", "shop");

    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .contains("and the git remote platform")
        .contains("The git remote second is still there: git remote remove second");
    assertThat(user.git("", "remote").out()).isEqualTo("origin\nsecond\n");
  }

  @Test
  void renameLeadsTheRemotesOfTheAppToItsNewName() throws Exception {
    standInRepository();
    user.platform("create", "shop");
    user.git("", "remote", "add", "second", server.url() + "/ada/shop.git");
    user.git("", "remote", "add", "origin", "https://example.com/x.git");

    assertThat(user.platform("rename", "store").out())
        .isEqualTo(
            """
            -----> Renamed ada/shop to ada/store
                   URL     http://shop-ada.localhost
                   Git     %1$s/ada/store.git
                   Changed the git remote platform, second
            """
                .formatted(server.url()));
    assertThat(server.lastBody).isEqualTo("{\"name\":\"store\"}");
    assertThat(remote("platform")).isEqualTo(server.url() + "/ada/store.git");
    assertThat(remote("second")).isEqualTo(server.url() + "/ada/store.git");
    assertThat(remote("origin")).isEqualTo("https://example.com/x.git");
  }

  @Test
  void transferSaysWhereTheAppIs() throws Exception {
    server.app("shop");
    assertThat(user.platform("transfer", "acme", "-a", "shop").out())
        .isEqualTo(
            """
            -----> Transferred ada/shop to acme/shop
                   URL     http://shop-ada.localhost
                   Git     %1$s/acme/shop.git
                   In the app's repositories   git remote set-url platform %1$s/acme/shop.git
            """
                .formatted(server.url()));
    assertThat(server.lastBody).isEqualTo("{\"namespace\":\"acme\"}");
    assertThat(user.platform("rename", "x", "-a", "acme/shop", "--json").out())
        .contains("\"name\" : \"x\"");
  }

  @Test
  void anAppThatIsThereAlreadyIsNotMoved() throws Exception {
    server.app("shop");
    assertThat(user.platform("transfer", "ada", "-a", "shop").err())
        .isEqualTo("       Nothing to do: the app is ada/shop already.\n");
    assertThat(user.platform("rename", "shop", "-a", "shop").err())
        .isEqualTo("       Nothing to do: the app is ada/shop already.\n");
  }

  @Test
  void gitRemoteAddsTheRemoteOfAnApp() throws Exception {
    server.app("shop");
    assertThat(user.platform("git:remote", "-a", "shop").err()).contains("no git repository here");
    user.git("", "init", "-q");

    assertThat(user.platform("git:remote", "-a", "shop").out())
        .contains("Added the git remote platform", "git push platform main");
    assertThat(remote("platform")).isEqualTo(server.url() + "/ada/shop.git");
    assertThat(user.platform("git", "remote", "-a", "shop").out())
        .contains("There is the git remote");
    assertThat(user.platform("git:remote", "-a", "shop", "-r", "prod").code()).isZero();
    assertThat(remote("prod")).isEqualTo(server.url() + "/ada/shop.git");
  }

  @Test
  void gitRemoteChangesNoOtherRemoteAndAddsNoneOfAnAppThatIsNotThere() throws Exception {
    server.app("shop");
    user.git("", "init", "-q");
    user.git("", "remote", "add", "platform", "https://example.com/x.git");

    assertThat(user.platform("git:remote", "-a", "shop").code()).isEqualTo(6);
    assertThat(remote("platform")).isEqualTo("https://example.com/x.git");
    assertThat(user.platform("git:remote", "-a", "nowhere", "-r", "other").code()).isEqualTo(4);
    assertThat(remote("other")).isEmpty();
  }

  @Test
  void anAppThatIsOneLetterOffIsSuggested() {
    server.app("shop");

    assertThat(user.platform("info", "shpo").err()).contains("Did you mean \"ada/shop\"?");
    assertThat(user.platform("config", "-a", "add/shop").err())
        .contains("Did you mean \"ada/shop\"?");
    assertThat(user.platform("info", "kitchen").err()).doesNotContain("Did you mean");
  }

  @Test
  void aNamespaceThatIsOneLetterOffIsSuggested() {
    assertThat(user.platform("apps", "-n", "adda").err()).contains("Did you mean \"ada\"?");
  }

  @Test
  void aNamespaceIsDestroyedWhenItHasNoApps() {
    server.app("shop");
    var refused = user.platform("namespaces", "destroy", "ada", "--confirm", "ada");
    server.apps.clear();

    assertThat(refused.code()).isEqualTo(6);
    assertThat(refused.err()).contains("ada has an app").contains("platform destroy ada/shop");
    assertThat(user.platform("namespaces", "destroy", "ada").code()).isEqualTo(2);
    assertThat(server.destroyed).isEmpty();
    assertThat(user.platform("namespaces", "destroy", "ada", "--confirm", "ada").code()).isZero();
    assertThat(server.destroyed).containsExactly("ada");
  }

  @Test
  void anAccountIsRemovedWhenItsAddressIsGivenTwice() {
    user.platformWith("a password\n", "accounts", "create", "bob@example.com", "--password-stdin");

    assertThat(user.platform("accounts", "remove", "bob@example.com").code()).isEqualTo(2);
    user.interactive = true;
    var unknown = user.platform("accounts", "remove", "bbo@example.com");
    assertThat(unknown.code()).isEqualTo(4);
    assertThat(unknown.err())
        .contains("There is no account bbo@example.com. Did you mean \"bob@example.com\"?");
    assertThat(user.prompts).isEmpty();
    user.answers.add("bob@example.com");
    var ended = user.platform("accounts", "remove", "bob@example.com");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("Removed the account bob@example.com", "You own now: bob");
    assertThat(server.accounts).isEmpty();
    assertThat(user.platform("accounts", "remove", "x@y.z", "--confirm", "x@y.z").code())
        .isEqualTo(4);
  }

  @Test
  void anAppThatCrashedWhileLiveIsShownAsCrashedWithTheReason() {
    var app = server.app("shop").put("release", "v1").put("status", "crashed");
    app.putArray("processes")
        .addObject()
        .put("name", "web.1")
        .put("type", "web")
        .put("status", "crashed")
        .put("reason", "The web process exited with code 9; it is started again.");
    server.release("superseded", "Deploy 0123456");
    server.release("live", "Deploy 0123457");

    assertThat(user.platform("info", "shop").out())
        .contains("Status     crashed\n")
        .contains(
            "Process    web.1 crashed: The web process exited with code 9; it is started again.\n");
    assertThat(user.platform("releases", "-a", "shop").out())
        .contains("v2 *     crashed     Deploy 0123457")
        .contains("v1       superseded  Deploy 0123456");
  }
}
