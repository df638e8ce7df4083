package io.platform.slug;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProcfileTest {
  @Test
  void keepsTheCommandAsItIs() {
    Procfile procfile =
        Procfile.parse("web: echo a: b \"c d\" 'e' # f\nmy-worker_2 :\tnode w.js\n");
    assertThat(procfile.processTypes().commands())
        .containsExactly(
            Map.entry("web", "echo a: b \"c d\" 'e' # f"), Map.entry("my-worker_2", "node w.js"));
    assertThat(procfile.warnings()).isEmpty();
  }

  @Test
  void takesWindowsLineEndsAndAByteOrderMark() {
    Procfile procfile = Procfile.parse("\uFEFFweb: a\r\n\r\n# comment\r\n  worker: b  \r\n");
    assertThat(procfile.processTypes().commands())
        .containsExactly(Map.entry("web", "a"), Map.entry("worker", "b"));
    assertThat(procfile.warnings()).isEmpty();
  }

  @Test
  void takesTheLastOfTwoAndSaysSo() {
    Procfile procfile = Procfile.parse("web: a\nweb: b\n");
    assertThat(procfile.processTypes().command("web")).hasValue("b");
    assertThat(procfile.warnings())
        .containsExactly("Procfile names `web` more than once; line 2 holds.");
  }

  @Test
  void leavesOutWhatIsNoProcessAndSaysSo() {
    Procfile procfile = Procfile.parse("web a\nweb:\nwéb: c\n");
    assertThat(procfile.processTypes().isEmpty()).isTrue();
    assertThat(procfile.warnings()).hasSize(3).first().asString().contains("line 1");
  }
}
