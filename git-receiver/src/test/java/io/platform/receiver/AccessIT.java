package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessIT {
  @TempDir Path temp;
  private TestReceiver receiver;
  private Git git;

  @BeforeEach
  void start() throws IOException {
    receiver = TestReceiver.start(temp);
    App app = receiver.app("shop");
    git = Git.repository(temp, "work").remote(receiver.url(app));
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private Git.Said pushAs(String token, String app) {
    return git.run("push", receiver.url(token, app), "main");
  }

  @Test
  void asksForALogin() {
    Git.Said said =
        git.run(
                "push",
                receiver.url(TestReceiver.TOKEN, "shop").replaceFirst("//.*@", "//"),
                "main")
            .failed();
    assertThat(said.text()).contains("could not read Username for");
  }

  @Test
  void refusesForgedTokensWithAWayOut() throws IOException {
    Golden.check("forged", pushAs("tokenforged", "shop").failed().text());
  }

  @Test
  void challengesWithARealm() throws IOException, InterruptedException {
    try (RawGit raw = new RawGit(receiver, "tokenforged")) {
      HttpResponse<String> refused = raw.get("/acme/shop.git/info/refs?service=git-receive-pack");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate"))
          .contains("Basic realm=\"Platform\", charset=\"UTF-8\"");
      assertThat(refused.body())
          .isEqualTo("The token is not valid any more: platform login http://localhost:8080\n");
    }
  }

  @Test
  void hidesWhatAStrangerMayNotSee() throws IOException {
    Golden.check("stranger", pushAs(TestReceiver.STRANGER, "shop").failed().text());
    assertThat(pushAs(TestReceiver.STRANGER, "absent").text().replace("absent", "shop"))
        .isEqualTo(pushAs(TestReceiver.STRANGER, "shop").text());
    assertThat(
            pushAs(TestReceiver.TOKEN, "absent")
                .text()
                .replace("absent", "shop")
                .replace(TestReceiver.TOKEN, ""))
        .isEqualTo(pushAs(TestReceiver.STRANGER, "shop").text().replace(TestReceiver.STRANGER, ""));
  }

  @Test
  void letsViewersCloneButNotPush() throws IOException {
    git.push("main").succeeded();
    git.run("clone", "-q", receiver.url(TestReceiver.VIEWER, "shop"), "../cloned").succeeded();
    git.commit("Second");
    Golden.check("viewer", pushAs(TestReceiver.VIEWER, "shop").failed().text());
  }

  @Test
  void saysWhenTheAuthServerIsDown() throws IOException {
    Golden.check("auth-down", pushAs("auth-is-down", "shop").failed().text());
  }

  @Test
  void refusesDumbClients() throws IOException, InterruptedException {
    try (RawGit raw = new RawGit(receiver, TestReceiver.TOKEN)) {
      for (String path : List.of("info/refs", "HEAD", "objects/info/packs")) {
        HttpResponse<String> answer = raw.get("/acme/shop.git/" + path);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
            .isEqualTo(
                "This is a git remote that speaks git's smart HTTP protocol only: use git 1.6.6 or later.\n");
      }
    }
  }

  @Test
  void letsOtherPathsPass() throws IOException, InterruptedException {
    try (RawGit raw = new RawGit(receiver, "tokenforged")) {
      assertThat(raw.get("/api/v1/me").statusCode()).isEqualTo(404);
      assertThat(raw.get("/acme/shop").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void answersTheProbeWithoutDoingAnything() throws IOException, InterruptedException {
    App fresh = receiver.app("fresh");
    try (RawGit raw = new RawGit(receiver, TestReceiver.TOKEN)) {
      HttpResponse<String> answer = raw.push("/acme/fresh.git", BodyPublishers.ofString("0000"));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
    }
    assertThat(receiver.gitDir(fresh)).doesNotExist();
    assertThat(receiver.newest(fresh)).isEmpty();
  }
}
