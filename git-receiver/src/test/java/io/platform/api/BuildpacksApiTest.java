package io.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.support.Client;
import io.platform.support.TestPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BuildpacksApiTest {
  private static final String BUILDPACKS = "/api/v1/apps/acme/shop/buildpacks";

  @TempDir Path data;
  private TestPlatform platform;
  private Client dev;

  @BeforeEach
  void start() throws IOException {
    platform = new TestPlatform(data);
    dev = new Client(platform, "dev");
    platform.app("shop");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void areSetAddedAtTheirPlaceAndRemoved() throws Exception {
    assertThat(dev.get(BUILDPACKS).text()).isEqualTo("{\"buildpacks\":[]}");
    assertThat(dev.put(BUILDPACKS, "{\"buildpacks\":[\" heroku/nodejs \",\"./last\"]}").text())
        .isEqualTo("{\"buildpacks\":[\"nodejs\",\"./last\"]}");
    assertThat(dev.post(BUILDPACKS, "{\"buildpack\":\"./first\",\"index\":1}").text())
        .isEqualTo("{\"buildpacks\":[\"./first\",\"nodejs\",\"./last\"]}");
    assertThat(dev.post(BUILDPACKS, "{\"buildpack\":\"static\"}").text())
        .isEqualTo("{\"buildpacks\":[\"./first\",\"nodejs\",\"./last\",\"static\"]}");
    assertThat(dev.post(BUILDPACKS + "/remove", "{\"buildpack\":\"heroku/nodejs\"}").text())
        .isEqualTo("{\"buildpacks\":[\"./first\",\"./last\",\"static\"]}");
    assertThat(dev.get(BUILDPACKS).text())
        .isEqualTo("{\"buildpacks\":[\"./first\",\"./last\",\"static\"]}");
    assertThat(dev.put(BUILDPACKS, "{\"buildpacks\":[]}").text()).isEqualTo("{\"buildpacks\":[]}");
    assertThat(dev.get("/api/v1/apps/acme/shop/events").json().findValuesAsText("description"))
        .containsExactly(
            "Cleared the buildpacks",
            "Set the buildpacks ./first, ./last, static",
            "Set the buildpacks ./first, nodejs, ./last, static",
            "Set the buildpacks ./first, nodejs, ./last",
            "Set the buildpacks nodejs, ./last",
            "Created the app");
    assertThat(dev.get("/api/v1/apps/acme/shop/releases").text()).isEqualTo("[]");
  }

  @Test
  void whatCannotBeIsToldAndNothingChanged() throws Exception {
    dev.put(BUILDPACKS, "{\"buildpacks\":[\"nodejs\",\".\"]}");

    assertRefused(
        dev.post(BUILDPACKS, "{\"buildpack\":\"https://example.com/lua.tgz\"}"),
        422,
        "This platform has no buildpack https://example.com/lua.tgz. Choose its own (nodejs, static, procfile)"
            + " or a directory of the app, such as ./buildpack.");
    assertRefused(
        dev.post(BUILDPACKS, "{\"buildpack\":\"./../out\"}"), 422, "no buildpack ./../out");
    assertRefused(
        dev.post(BUILDPACKS, "{\"buildpack\":\"heroku-community/inline\"}"),
        422,
        "The buildpack heroku-community/inline can be chosen only once.");
    assertRefused(
        dev.put(BUILDPACKS, "{\"buildpacks\":[\"static\",\"static\"]}"), 422, "only once");
    assertRefused(
        dev.post(BUILDPACKS, "{\"buildpack\":\"static\",\"index\":4}"),
        422,
        "The index 4 is out of range: choose from 1 to 3.");
    assertRefused(
        dev.post(BUILDPACKS, "{\"buildpack\":\"static\",\"index\":0}"), 422, "out of range");
    assertRefused(
        dev.post(BUILDPACKS, "{\"buildpack\":\"./a\\nb\"}"),
        422,
        "The name of a buildpack has 1 to 1000 characters in one line.");
    assertRefused(dev.post(BUILDPACKS, "{\"buildpack\":\" \"}"), 422, "1 to 1000 characters");
    assertRefused(
        dev.put(BUILDPACKS, "{\"buildpacks\":[null]}"),
        422,
        "The request's body has no buildpack.");
    assertRefused(dev.put(BUILDPACKS, "{}"), 422, "The request's body has no buildpacks.");
    String many =
        IntStream.rangeClosed(1, 21)
            .mapToObj("\"./%d\""::formatted)
            .collect(Collectors.joining(","));
    assertRefused(
        dev.put(BUILDPACKS, "{\"buildpacks\":[" + many + "]}"),
        422,
        "An app may have at most 20 buildpacks.");
    assertRefused(
        dev.post(BUILDPACKS + "/remove", "{\"buildpack\":\"static\"}"),
        404,
        "static is not among the buildpacks of acme/shop: nodejs, .");

    assertThat(dev.get(BUILDPACKS).text()).isEqualTo("{\"buildpacks\":[\"nodejs\",\".\"]}");
  }

  @Test
  void viewersLookAndDevelopersChange() throws Exception {
    Client viewer = new Client(platform, "vic");
    Client stranger = new Client(platform, "eve");
    String all = "{\"buildpacks\":[\"static\"]}";
    String one = "{\"buildpack\":\"static\"}";

    assertThat(viewer.get(BUILDPACKS).status()).isEqualTo(200);
    assertThat(viewer.put(BUILDPACKS, all).status()).isEqualTo(403);
    assertThat(viewer.post(BUILDPACKS, one).status()).isEqualTo(403);
    assertThat(viewer.post(BUILDPACKS + "/remove", one).status()).isEqualTo(403);
    assertThat(stranger.get(BUILDPACKS).status()).isEqualTo(404);
    assertThat(stranger.put(BUILDPACKS, all).status()).isEqualTo(404);
    assertThat(stranger.post(BUILDPACKS, one).status()).isEqualTo(404);
    assertThat(stranger.post(BUILDPACKS + "/remove", one).status()).isEqualTo(404);
  }

  private static void assertRefused(Client.Answer answer, int status, String sentence)
      throws IOException {
    assertThat(answer.json().path("detail").asText()).contains(sentence);
    assertThat(answer.status()).isEqualTo(status);
  }
}
