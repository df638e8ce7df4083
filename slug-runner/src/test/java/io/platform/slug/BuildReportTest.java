package io.platform.slug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BuildReportTest {
  private static final Blob SLUG = new Blob(12, "ab".repeat(32));

  @Test
  void tellsHowLongTheStepsTookWhereThereIsRoom() throws Exception {
    StepTimes times =
        new StepTimes(
            Map.of(Step.FETCH, Duration.ofMillis(1500), Step.PACK, Duration.ofSeconds(2)));
    BuildReport failed = new BuildReport.Failed("b1", 30, "compile", "m", times);
    assertThat(new String(failed.toBytes(), StandardCharsets.UTF_8))
        .endsWith("\"steps\":{\"fetch\":1500,\"pack\":2000}}");
    assertThat(BuildReport.parse(failed.toBytes())).isEqualTo(failed);
    BuildReport cut = new BuildReport.Failed("b1", 30, "compile", "m".repeat(5000), times);
    assertThat(BuildReport.parse(cut.toBytes()).steps()).isEqualTo(times);
  }

  @Test
  void isWrittenAsTheContractHasIt() {
    BuildReport report =
        new BuildReport.Succeeded(
            "b1",
            SLUG,
            Optional.empty(),
            "Node.js",
            "platform-1",
            new ProcessTypes(Map.of("web", "node index.js")),
            34);
    assertThat(new String(report.toBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"build\":\"b1\",\"status\":\"succeeded\",\"slug\":{\"size\":12,\"sha256\":\""
                + "ab".repeat(32)
                + "\"},\"cache\":null,\"buildpack\":\"Node.js\",\"stack\":\"platform-1\","
                + "\"process_types\":{\"web\":\"node index.js\"},\"slug_unpacked_bytes\":34}");
  }

  @Test
  void isReadAsItWasWritten() throws Exception {
    BuildReport succeeded =
        new BuildReport.Succeeded(
            "b1",
            SLUG,
            Optional.of(SLUG),
            "Node.js",
            "platform-1",
            new ProcessTypes(Map.of("web", "echo \"ü\"")),
            34);
    BuildReport failed = new BuildReport.Failed("b1", 30, "compile", "It\nfailed.");
    assertThat(BuildReport.parse(succeeded.toBytes())).isEqualTo(succeeded);
    assertThat(BuildReport.parse(failed.toBytes())).isEqualTo(failed);
  }

  @Test
  void cutsAMessageThatDoesNotFit() throws Exception {
    for (String unit : new String[] {"a", "\u0001", "ü", "😀"}) {
      BuildReport.Failed report = new BuildReport.Failed("b1", 30, "compile", unit.repeat(5000));
      byte[] bytes = report.toBytes();
      assertThat(bytes).hasSizeBetween(BuildReport.MAX_BYTES - 64, BuildReport.MAX_BYTES);
      String message = ((BuildReport.Failed) BuildReport.parse(bytes)).message();
      assertThat(message).endsWith("…").startsWith(unit).doesNotContain("\uFFFD");
    }
  }

  @Test
  void refusesWhatIsNoReport() {
    for (String json :
        new String[] {"", "[]", "{", "{\"build\":\"b\"}", "{\"build\":1,\"status\":\"failed\"}"}) {
      assertThatThrownBy(() -> BuildReport.parse(json.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(BadFormatException.class);
    }
  }
}
