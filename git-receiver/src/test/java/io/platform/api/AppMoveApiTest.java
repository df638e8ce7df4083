package io.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.support.Client;
import io.platform.support.TestPlatform;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another name, and another namespace. */
@Timeout(60)
class AppMoveApiTest {
  private static final String APPS = "/api/v1/apps/";

  @TempDir Path data;
  private TestPlatform platform;
  private Client pam;
  private App shop;

  @BeforeEach
  void start() throws IOException {
    platform = new TestPlatform(data);
    pam = new Client(platform, "pam");
    shop = platform.app("shop");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private void assertRefused(int status, String sentence, Client.Answer answer) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().path("detail").asText()).isEqualTo(sentence);
  }

  @Test
  void renamesAnAppAndTellsWhoeverUsesItsFormerName() throws Exception {
    Client.Answer renamed = pam.patch(APPS + "acme/shop", "{\"name\":\"store\"}");
    assertThat(renamed.status()).isEqualTo(200);
    assertThat(renamed.json().path("name").asText()).isEqualTo("store");
    assertThat(renamed.json().path("git_url").asText())
        .isEqualTo(platform.base + "/acme/store.git");
    assertThat(renamed.json().path("url").asText()).contains("//store-acme.apps.test");
    assertRefused(
        404,
        "The app acme/shop is called acme/store now. In a repository, `git remote set-url` leads its remote there.",
        pam.get(APPS + "acme/shop"));
    assertThat(new Client(platform, "eve").get(APPS + "acme/shop").json().path("detail").asText())
        .doesNotContain("store");
    assertThat(pam.get(APPS + "acme/store/events").text())
        .contains("Renamed acme/shop to acme/store");
  }

  @Test
  void refusesNamesThatCannotBe() throws Exception {
    platform.app("blog");
    assertRefused(
        409,
        "There is an app acme/blog already: choose another name.",
        pam.patch(APPS + "acme/shop", "{\"name\":\"blog\"}"));
    assertRefused(
        422,
        "'No Name' is no name for an app: use 1 to 30 lower-case letters, digits and dashes, with a letter first and no dash last.",
        pam.patch(APPS + "acme/shop", "{\"name\":\"No Name\"}"));
    assertThat(pam.patch(APPS + "acme/shop", "{}").status()).isEqualTo(422);
    assertThat(pam.patch(APPS + "acme/none", "{\"name\":\"store\"}").status()).isEqualTo(404);
    assertRefused(
        403,
        "You are a developer of acme, and this needs a owner: ask an owner of the namespace.",
        new Client(platform, "dev").patch(APPS + "acme/shop", "{\"name\":\"store\"}"));
  }

  @Test
  void waitsForTheEndOfABuild() throws Exception {
    platform.accepted(shop);
    assertRefused(
        409,
        "acme/shop is being built, and keeps its name until that is over: wait for the end, or cancel it with `platform builds cancel`.",
        pam.patch(APPS + "acme/shop", "{\"name\":\"store\"}"));
    platform.app("blog");
    platform.built(platform.stores.apps().find(platform.app("wiki").id()).orElseThrow());
    assertRefused(
        409,
        "A release of acme/wiki is being rolled out, and the app keeps its name until that is over: `platform releases` shows when. Then try again.",
        pam.patch(APPS + "acme/wiki", "{\"name\":\"store\"}"));
  }

  @Test
  void transfersAnAppBetweenNamespacesOfTheUser() throws Exception {
    assertRefused(
        404,
        "There is no namespace 'other', or you are not a member of it: ask one of its owners to add you.",
        new Client(platform, "ann").patch(APPS + "acme/shop", "{\"namespace\":\"other\"}"));
    assertRefused(
        403,
        "You are a viewer of museum, and moving an app there needs a developer: ask an owner of the namespace.",
        pam.patch(APPS + "acme/shop", "{\"namespace\":\"museum\"}"));
    Client.Answer moved = pam.patch(APPS + "acme/shop", "{\"namespace\":\"other\"}");
    assertThat(moved.status()).isEqualTo(200);
    assertThat(moved.json().path("namespace").asText()).isEqualTo("other");
    assertThat(pam.get(APPS + "other/shop").status()).isEqualTo(200);
    assertThat(new Client(platform, "ann").get(APPS + "acme/shop").json().path("detail").asText())
        .contains("There is no app acme/shop");
    assertThat(platform.stores.apps().find(shop.id()).orElseThrow().customer())
        .isEqualTo("customer-other");
  }
}
