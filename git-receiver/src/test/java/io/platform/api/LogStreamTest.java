package io.platform.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.StoredObject;
import io.platform.support.Client;
import io.platform.support.TestPlatform;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogStreamTest {
  @TempDir Path data;

  private TestPlatform platform;
  private Client vic;
  private App app;
  private BuildId id;

  @BeforeEach
  void start() throws IOException {
    platform = new TestPlatform(data);
    vic = new Client(platform, "vic");
    app = platform.app("shop");
    id = platform.accepted(app);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private void line(String text) {
    platform.stores.log().append(id, "test", text, text);
  }

  private void close() {
    platform
        .stores
        .builds()
        .end(id, new BuildEnd.Failed(new BuildFailureCause.Reported(30, "It failed.")));
    platform
        .stores
        .builds()
        .settle(id, Build.Outcome.rejected(new DeployFailureCause.StoredSentence("It failed.")));
  }

  private HttpResponse<InputStream> open(String query, String... headers) throws Exception {
    var request = vic.request("/api/v1/apps/acme/shop/builds/latest/log" + query);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return platform.http.send(request.build(), BodyHandlers.ofInputStream());
  }

  @Test
  void showsWhatThereIsFromAnOffsetOn() throws Exception {
    line("eins");
    line("zwei: ü");
    Client.Answer all = vic.get("/api/v1/apps/acme/shop/builds/latest/log");
    assertThat(all.text()).isEqualTo("eins\nzwei: ü\n");
    assertThat(all.header("Content-Type").replace(" ", ""))
        .isEqualToIgnoringCase("text/plain;charset=utf-8");
    assertThat(vic.get("/api/v1/apps/acme/shop/builds/%s/log?from=5".formatted(id)).text())
        .isEqualTo("zwei: ü\n");
    assertThat(vic.get("/api/v1/apps/acme/shop/builds/latest/log?from=-1").status()).isEqualTo(400);
  }

  @Test
  void saysThatTheObjectOfALogIsMissing() throws Exception {
    line("eins");
    close();
    platform.stores.log().archived(id, "logs/secret-key");
    for (String query : new String[] {"", "?follow=true"}) {
      Client.Answer answer = vic.get("/api/v1/apps/acme/shop/builds/latest/log" + query);
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.json().path("detail").asText())
          .startsWith(
              "The log of build %s is missing in the platform's object store.".formatted(id))
          .doesNotContain("secret-key");
    }
  }

  @Test
  void followsLineByLineToTheEnd() throws Exception {
    HttpResponse<InputStream> response = open("?follow=true");
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      line("eins");
      assertThat(lines.readLine()).isEqualTo("eins");
      line("zwei");
      assertThat(lines.readLine()).isEqualTo("zwei");
      close();
      assertThat(lines.readLine()).isNull();
    }
  }

  @Test
  void endsForAFollowerWhoMaySeeItNoMore() throws Exception {
    HttpResponse<InputStream> response = open("?follow=true");
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      line("eins");
      assertThat(lines.readLine()).isEqualTo("eins");
      platform.users.logOut("vic");
      assertThat(lines.readLine()).contains("Your login is not valid any more");
      assertThat(lines.readLine()).isNull();
    }
  }

  @Test
  void endsForAFollowerWhoseRoleIsTakenAway() throws Exception {
    HttpResponse<InputStream> response = open("?follow=true");
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      line("eins");
      assertThat(lines.readLine()).isEqualTo("eins");
      platform.users.removeRoles("vic");
      assertThat(lines.readLine()).contains("There is no app acme/shop, or you may not see it");
      assertThat(lines.readLine()).isNull();
    }
    assertThat(vic.get("/api/v1/apps/acme/shop").status()).isEqualTo(404);
  }

  @Test
  void answersTwoHundredFollowersOfOneLog() throws Exception {
    List<HttpResponse<InputStream>> followers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      followers.add(open("?follow=true"));
    }
    line("eins");
    assertThat(vic.get("/api/v1/apps/acme/shop").status()).isEqualTo(200);
    close();
    for (HttpResponse<InputStream> follower : followers) {
      try (InputStream body = follower.body()) {
        assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("eins\n");
      }
    }
  }

  @Test
  void sendsEventsThatCanBeResumed() throws Exception {
    line("eins");
    HttpResponse<InputStream> response = open("?follow", "Accept", "text/event-stream");
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("event: lines");
      assertThat(lines.readLine()).isEqualTo("id: 5");
      assertThat(lines.readLine()).isEqualTo("data: eins");
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isEqualTo(": keep-alive");
      assertThat(lines.readLine()).isEmpty();
    }
    line("zwei");
    line("drei");
    close();
    Client.Answer rest =
        vic.send(
            vic.request("/api/v1/apps/acme/shop/builds/latest/log?follow=true")
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", "5"));
    assertThat(rest.text())
        .startsWith(
            "event: lines\nid: 15\ndata: zwei\ndata: drei\n\nevent: end\ndata: {\"id\":\"%s\",\"status\":\"failed\""
                .formatted(id));
  }

  @Test
  void readsAnArchivedLog() throws Exception {
    line("eins");
    line("zwei");
    close();
    StoredObject object = platform.store(platform.keys.log(app, id), "eins\nzwei\n");
    platform.stores.log().archived(id, object.key());
    assertThat(vic.get("/api/v1/apps/acme/shop/builds/latest/log?from=5").text())
        .isEqualTo("zwei\n");
    assertThat(vic.get("/api/v1/apps/acme/shop/builds/latest/log?follow=true").text())
        .isEqualTo("eins\nzwei\n");
  }

  @Test
  void cutsAnAnswerThatItCannotComplete() throws Exception {
    line("eins");
    close();
    String key = platform.keys.log(app, id);
    platform.store(key, "eins\n");
    platform.stores.log().archived(id, key);
    damage(key);
    HttpResponse<InputStream> response = open("?follow=true");
    assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
  }

  /** Changes the first byte of the object's file. */
  private void damage(String key) throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(data.resolve("objects").resolve(key).toFile(), "rw")) {
      file.write('X');
    }
  }
}
