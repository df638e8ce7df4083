package io.platform.git.http.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.git.push.RefLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushRequestTest {
  private static final RefLimits LIMITS = new RefLimits(2, 5, 40, 1, 20);
  private static final String ZERO = "0".repeat(40);
  private static final String ONE = "1".repeat(40);
  private static final String CAPABILITIES = "\0 report-status side-band-64k push-options";

  private static PushRequest read(String body) throws IOException {
    return new PushRequestReader(
            new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), LIMITS)
        .read();
  }

  private static String line(String text) {
    return "%04x%s".formatted(text.getBytes(StandardCharsets.UTF_8).length + 4, text);
  }

  private static String create(String ref) {
    return ZERO + " " + ONE + " " + ref;
  }

  private static void refused(String body, String... words) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOf(PushRequestRefused.class)
        .message()
        .contains(words);
  }

  @Test
  void readsToThePackAndNoFurther() throws IOException {
    String head =
        line("shallow " + ONE)
            + line(create("refs/heads/a") + CAPABILITIES + "\n")
            + line(ONE + " " + ZERO + " refs/heads/b")
            + "0000"
            + line("no-web")
            + "0000";
    ByteArrayInputStream body =
        new ByteArrayInputStream((head + "PACK").getBytes(StandardCharsets.UTF_8));
    PushRequest request = new PushRequestReader(body, LIMITS).read();

    assertThat(request.creates()).isEqualTo(1);
    assertThat(request.deletes()).isEqualTo(1);
    assertThat(request.sideBand()).isTrue();
    assertThat(new String(request.replay(body).readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(head + "PACK");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          zzzz, 'line 1 begins with "zzzz" in place of its length'
          00, line 1 is cut off in its length
          0002, 'line 1 has the length 2, and the shortest line has 4'
          0003, 'line 1 has the length 3'
          fff9, 'line 1 has the length 65529, and the longest line has 65520'
          0010abc, line 1 is cut off: it has 7 of its 16 bytes
          0001, line 1 is a delimiter
          0009hello, 'line 1 is no command: "hello"'
          0000, The push names no ref
          '', The push is empty
          """)
  void saysWhatIsWrongWithTheProtocol(String body, String words) {
    refused(body, words);
  }

  @Test
  void saysWhatIsWrongWithACommand() {
    refused(line("g" + create("refs/heads/a").substring(1)) + "0000", "line 1 is no command");
    refused(
        line(create("refs/heads/a") + CAPABILITIES) + line("0".repeat(64) + " x") + "0000",
        "line 2 is no command");
    refused(line(create("refs/heads/a")), "ends in the list of refs, before a flush packet");
    refused(line(create("refs/heads/a") + CAPABILITIES) + "0000", "ends in the push options");
  }

  @Test
  void keepsToTheLimits() {
    String first = line(create("refs/heads/a") + CAPABILITIES);
    refused(
        first + line(create("refs/heads/b")) + line(create("refs/heads/c")) + "0000",
        "changes more than 2 refs");
    refused(
        line(create("refs/heads/" + "x".repeat(30))), "has 41 bytes, and this platform takes 40");
    refused(first + "0000" + line("a") + line("b") + "0000", "more than 1 push options");
    refused(first + "0000" + line("a".repeat(20)) + "0000", "longer than 20 bytes");
  }

  @Test
  void refusesWhatItDoesNotDo() {
    refused(line(create("refs/heads/a") + "\0 atomic"), "Push without --atomic");
    refused(line(create("refs/heads/a") + "\0 object-format=sha256"), "SHA-1");
    refused(line("push-cert\0 report-status"), "Push without --signed");
  }

  @Test
  void keepsToTheNumberOfRefsOfARepository() throws IOException {
    PushRequest request = read(line(create("refs/heads/a")) + "0000");
    request.checkRefs(4, LIMITS);
    assertThatThrownBy(() -> request.checkRefs(5, LIMITS))
        .hasMessageContaining("would leave this repository with 6 refs")
        .hasMessageContaining("keeps 5");
    read(line(ONE + " " + ZERO + " refs/heads/a") + "0000").checkRefs(9, LIMITS);
  }
}
