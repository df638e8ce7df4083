package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.domain.App;
import io.platform.git.concurrency.UploadTurns;
import io.platform.git.push.PushLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More uploads at once than may be. */
class UploadTurnsIT {
  /** Long enough for a thread to begin on a machine that is busy. */
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @TempDir Path temp;
  private TestReceiver receiver;
  private App app;
  private Git git;

  @BeforeEach
  void start() throws IOException {
    receiver = TestReceiver.start(temp);
    app = receiver.app("shop");
    git = Git.repository(temp, "work");
  }

  private void restart(UploadTurns turns) throws IOException {
    stop();
    receiver = new TestReceiver(temp, PushLimits.defaults().with(turns));
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void leavesTurnsToOtherUsers() throws Exception {
    restart(new UploadTurns(2, 1, 2, TIMEOUT));
    try (Socket stalled = stalled();
        RawGit same = new RawGit(receiver, TestReceiver.TOKEN)) {
      assertThat(stalled.isConnected()).isTrue();
      assertThat(refused(same))
          .contains(
              " !     You upload to as many apps at the same time as one user may (1). Nothing was stored.");
      git.run("push", receiver.url(TestReceiver.DEVELOPER, "shop"), "main").succeeded();
    }
  }

  @Test
  void countsTheListOfRefsToTheUsersTurns() throws Exception {
    restart(new UploadTurns(2, 1, 2, TIMEOUT));
    String refs = "/acme/shop.git/info/refs?service=git-receive-pack";
    try (Socket stalled = stalled();
        RawGit same = new RawGit(receiver, TestReceiver.TOKEN);
        RawGit other = new RawGit(receiver, TestReceiver.DEVELOPER)) {
      assertThat(stalled.isConnected()).isTrue();
      HttpResponse<String> answer = same.get(refs);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("30");
      assertThat(answer.body())
          .contains("You upload to as many apps at the same time as one user may (1).");
      assertThat(other.get(refs).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void saysThatAllTurnsAreTaken() throws Exception {
    restart(new UploadTurns(1, 1, 1, TIMEOUT));
    try (Socket stalled = stalled();
        RawGit other = new RawGit(receiver, TestReceiver.DEVELOPER)) {
      assertThat(stalled.isConnected()).isTrue();
      assertThat(refused(other))
          .contains(" !     The platform is busy with other pushes. Nothing was stored.");
    }
    receiver.awaitEndOf("/git-receive-pack");
    git.run("push", receiver.url(TestReceiver.DEVELOPER, "shop"), "main").succeeded();
  }

  private String refused(RawGit raw) throws IOException, InterruptedException {
    return raw.push(
            "/acme/shop.git", RawGit.bytes(RawGit.body(git, "refs/heads/branch", git.head())))
        .body();
  }

  /** An upload that has its turn, and does not go on. */
  private Socket stalled() throws IOException {
    byte[] body = RawGit.body(git, "refs/heads/other", git.head());
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.port());
    String credentials =
        Base64.getEncoder()
            .encodeToString(("git:" + TestReceiver.TOKEN).getBytes(StandardCharsets.UTF_8));
    OutputStream out = socket.getOutputStream();
    out.write(
        """
        POST %s/git-receive-pack HTTP/1.1\r
        Host: localhost\r
        Authorization: Basic %s\r
        Content-Type: application/x-git-receive-pack-request\r
        Content-Length: %d\r
        \r
        """
            .formatted("/acme/%s.git".formatted(app.path().name()), credentials, body.length)
            .getBytes(StandardCharsets.US_ASCII));
    out.write(body, 0, body.length - 30);
    out.flush();
    await().atMost(Duration.ofMinutes(1)).until(() -> receiver.uploading() == 1);
    return socket;
  }
}
