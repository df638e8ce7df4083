package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.BuildId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostClientIT {
  @TempDir Path temp;
  private TestReceiver receiver;
  private App app;
  private Git git;

  @BeforeEach
  void start() throws IOException {
    receiver = TestReceiver.start(temp);
    app = receiver.app("shop");
    git = Git.repository(temp, "work").remote(receiver.url(app));
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private Socket begin(byte[] body, int sent) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), receiver.port());
    String credentials =
        Base64.getEncoder()
            .encodeToString(("git:" + TestReceiver.TOKEN).getBytes(StandardCharsets.UTF_8));
    String head =
        """
        POST /acme/shop.git/git-receive-pack HTTP/1.1\r
        Host: localhost\r
        Authorization: Basic %s\r
        Content-Type: application/x-git-receive-pack-request\r
        Content-Length: %d\r
        \r
        """
            .formatted(credentials, body.length);
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body, 0, sent);
    out.flush();
    return socket;
  }

  @Test
  void leavesNothingWhereTheUploadBreaksOff() throws Exception {
    byte[] noise = new byte[2_000_000];
    new Random(1).nextBytes(noise);
    git.write("noise", noise).commit("Noise");
    byte[] body = RawGit.body(git, "refs/heads/main", git.head());
    try (Socket socket = begin(body, body.length / 2)) {
      assertThat(socket.isConnected()).isTrue();
    }
    receiver.awaitEndOf("/git-receive-pack");

    assertThat(receiver.newest(app)).isEmpty();
    assertThat(receiver.quarantined(app)).isEmpty();
    assertThat(receiver.bare(app).run("count-objects", "-v").text()).contains("packs: 0");
    git.push("main").succeeded();
  }

  @Test
  void givesUpOnAnUploadThatStalls() throws Exception {
    receiver.setPatience(Duration.ofSeconds(7));
    byte[] body = RawGit.body(git, "refs/heads/main", git.head());
    try (Socket socket = begin(body, body.length - 30)) {
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer)
          .contains(" !     The upload stopped before it was complete. Nothing was stored.");
    }
    receiver.awaitEndOf("/git-receive-pack");
    assertThat(receiver.quarantined(app)).isEmpty();
  }

  @Test
  void leavesNothingWhereGitIsKilledHalfWay() throws Exception {
    byte[] noise = new byte[40_000_000];
    new Random(1).nextBytes(noise);
    git.write("noise", noise).commit("Noise");
    Process push = git.start("push", "platform", "main");
    receiver.awaitBeginOf("/git-receive-pack");
    List<ProcessHandle> all = push.descendants().toList();
    push.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    receiver.awaitEndOf("/git-receive-pack");

    for (Build build : receiver.stores.builds().unsettled()) {
      receiver.awaitEnd(build.id());
    }
    assertThat(receiver.quarantined(app)).isEmpty();
    git.push("main").succeeded();
    assertThat(receiver.fsck(app).succeeded().text()).isEmpty();
  }

  @Test
  void goesOnWithTheBuildOfAClientThatIsKilled() throws Exception {
    receiver.supervisor.hold();
    Process push = git.start("push", "platform", "main");
    BuildId build = receiver.supervisor.begun();
    List<ProcessHandle> all = push.descendants().toList();
    push.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    receiver.supervisor.release();

    Golden.check("log-of-a-killed-client", receiver.awaitEnd(build));
    receiver.awaitEndOf("/git-receive-pack");
    assertThat(receiver.latest(app).outcome().orElseThrow().deployed()).isTrue();
    assertThat(receiver.bare(app).revision("main")).isEqualTo(git.head());
    assertThat(receiver.quarantined(app)).isEmpty();
  }

  @Test
  void breaksLongSilencesAndNoticesWhoHasLeft() throws Exception {
    receiver.supervisor.hold();
    byte[] body = RawGit.body(git, "refs/heads/main", git.head());
    try (Socket socket = begin(body, body.length)) {
      receiver.supervisor.begun();
      byte[] empty = {'0', '0', '0', '5', 1};
      StringBuilder seen = new StringBuilder();
      String wanted = new String(empty, StandardCharsets.ISO_8859_1);
      for (int c = socket.getInputStream().read();
          seen.indexOf(wanted) < 0;
          c = socket.getInputStream().read()) {
        assertThat(c).isNotNegative();
        seen.append((char) c);
      }
      assertThat(seen.toString()).contains("-----> Building");
    }
    // The build is still held: the request ends because the next packet finds nobody.
    receiver.awaitEndOf("/git-receive-pack");
    Build build = receiver.latest(app);
    assertThat(build.settled()).isFalse();
    receiver.supervisor.release();
    assertThat(receiver.awaitEnd(build.id())).contains("Released");
  }
}
