package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.app.App;
import io.platform.app.Build;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushTest {
  @TempDir Path temp;
  private Receiver receiver;
  private App app;
  private Git git;

  @BeforeEach
  void start() throws IOException {
    receiver = Receiver.start(temp);
    app = receiver.app("shop");
    git = Git.repository(temp, "work").remote(receiver.url(app));
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void deploysTheFirstPushOfMain() throws IOException {
    git.push("main").succeeded();

    Build build = receiver.latest(app);
    assertThat(build.outcome().orElseThrow().deployed()).isTrue();
    assertThat(build.source()).isPresent();
    assertThat(receiver.bare(app).revision("refs/heads/main")).isEqualTo(git.head());
    assertThat(receiver.bare(app).run("fsck", "--full").succeeded().text()).isEmpty();
    assertThat(receiver.quarantined(app)).isEmpty();
  }
}
