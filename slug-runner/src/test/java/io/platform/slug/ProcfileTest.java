package io.platform.slug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ProcfileTest {
  @Test
  void keepsTheCommandAsItIs() throws Exception {
    Procfile procfile = parse("web: echo a: b \"c d\" 'e' # f\nmy-worker_2 :\tnode w.js\n");
    assertThat(procfile.processTypes().commands())
        .containsExactly(
            Map.entry("web", "echo a: b \"c d\" 'e' # f"), Map.entry("my-worker_2", "node w.js"));
    assertThat(procfile.warnings()).isEmpty();
  }

  @Test
  void takesWindowsLineEndsAndAByteOrderMark() throws Exception {
    Procfile procfile = parse("\uFEFFweb: a\r\n\r\n# comment\r\n  worker: b  \r\n");
    assertThat(procfile.processTypes().commands())
        .containsExactly(Map.entry("web", "a"), Map.entry("worker", "b"));
    assertThat(procfile.warnings()).isEmpty();
  }

  @Test
  void refusesWhatIsNotUtf8() {
    for (Charset charset : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16)) {
      byte[] file = "worker: b\nweb: echo caf\u00e9\n".getBytes(charset);
      assertThatThrownBy(() -> Procfile.parse(file, ProcfileLimits.defaults()))
          .isInstanceOf(BadFormatException.class)
          .hasMessage(
              "line %d is not valid UTF-8. Save the file in UTF-8",
              charset.equals(StandardCharsets.UTF_16) ? 1 : 2);
    }
  }

  @Test
  void takesTheLastOfTwoAndSaysSo() throws Exception {
    Procfile procfile = parse("web: a\nweb: b\n");
    assertThat(procfile.processTypes().command("web")).hasValue("b");
    assertThat(procfile.warnings())
        .containsExactly("Procfile names `web` more than once; line 2 holds.");
  }

  @Test
  void leavesOutWhatIsNoProcessAndSaysSo() throws Exception {
    Procfile procfile = parse("web a\nweb:\nwéb: c\n");
    assertThat(procfile.processTypes().isEmpty()).isTrue();
    assertThat(procfile.warnings()).hasSize(3).first().asString().contains("line 1");
  }

  @Test
  void namesTheTypeThatIsLikelyMeant() throws Exception {
    Procfile procfile = parse("Web: a\nWORKER: b\nclock: c\n");
    assertThat(procfile.processTypes().names()).containsExactly("Web", "WORKER", "clock");
    assertThat(procfile.warnings())
        .containsExactly(
            "Procfile line 1: `Web` is not `web`, because names are case-sensitive. Did you mean web?",
            "Procfile line 2: `WORKER` is not `worker`, because names are case-sensitive. Did you mean worker?");
  }

  @Test
  void saysThatAProcessHasNoCommand() throws Exception {
    assertThat(parse("web:\nworker: a\n").warnings())
        .containsExactly("Procfile line 1 gives `web` no command and is left out.");
  }

  @Test
  void namesTheLineThatExceedsALimit() {
    assertThatThrownBy(() -> parse("web: a\nworker: " + "x".repeat(2_500)))
        .hasMessage("line 2 is 2508 bytes long; the most is 2500. Put the command into a script");
    assertThatThrownBy(() -> parse("\n\n" + "x".repeat(64) + ": a"))
        .hasMessage("line 3 has a name of 64 characters; the most is 63");
    assertThatThrownBy(() -> parse("a: b\nweb: echo \0\n"))
        .hasMessage("line 2 holds a control character, which no command needs");
    assertThatThrownBy(() -> parse("a: %1$s\nb: %1$s\n".formatted("x".repeat(2_000))))
        .hasMessageStartingWith("with line 2 its commands are longer than 3072 bytes together");
    assertThatThrownBy(() ->
            parse(
                IntStream.range(0, 60)
                    .mapToObj(i -> "t" + i + ": a\n")
                    .collect(Collectors.joining())))
        .hasMessage("line 51 is process type number 51; the most is 50");
    assertThatThrownBy(() -> parse("#" + "x".repeat(64 * 1024)))
        .hasMessage("it is larger than 65536 bytes, which is the limit");
  }

  private static Procfile parse(String text) throws BadFormatException {
    return Procfile.parse(text.getBytes(StandardCharsets.UTF_8), ProcfileLimits.defaults());
  }
}
