package io.platform.commons.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  @Test
  void readsEachKind() throws InvalidSettings {
    SettingsReader settings =
        new SettingsReader(
            Map.of(
                "P_N",
                "7",
                "P_B",
                "512m",
                "P_T",
                "15m",
                "P_F",
                "no",
                "P_U",
                "https://p.example.com/"));
    assertThat(settings.number("P_N", 1, 0, 10)).isEqualTo(7);
    assertThat(settings.bytes("P_B", 0)).isEqualTo(512L << 20);
    assertThat(settings.time("P_T", Duration.ZERO)).isEqualTo(Duration.ofMinutes(15));
    assertThat(settings.flag("P_F", true)).isFalse();
    assertThat(settings.baseUrl("P_U").orElseThrow()).hasToString("https://p.example.com");
    assertThat(settings.number("P_UNSET", 3, 0, 10)).isEqualTo(3);
    settings.check("P_", List.of());
  }

  @Test
  void tellsAllErrorsAtOnceWithWhatWasGiven() {
    SettingsReader settings =
        new SettingsReader(
            Map.of(
                "P_N",
                "eleven",
                "P_B",
                "12 parsecs",
                "P_T",
                "15",
                "P_U",
                "ftp://x/y",
                "P_TYPO",
                "x"));
    settings.number("P_N", 1, 0, 10);
    settings.bytes("P_B", 0);
    settings.time("P_T", Duration.ZERO);
    settings.baseUrl("P_U");
    assertThatThrownBy(() -> settings.check("P_", List.of()))
        .hasMessageContainingAll(
            "1. P_N must be a whole number from 0 to 10, not 'eleven'",
            "2. P_B must be an amount of bytes such as 512m or 2g, not '12 parsecs'",
            "3. P_T must be a time such as 30s, 15m or 12h, from 1ms to 36500d, not '15'",
            "4. P_U must be a URL such as https://platform.example.com, not 'ftp://x/y'",
            "5. P_TYPO is not a setting");
  }

  @Test
  void tellsNoSecret() {
    SettingsReader settings =
        new SettingsReader(
            Map.of("P_S", "hunter2", "P_S_FILE", "/no/such/file", "P_U", "http://u:hunter2@x"));
    settings.secret("P_S");
    settings.baseUrl("P_U");
    assertThatThrownBy(() -> settings.check("P_", List.of()))
        .hasMessageContainingAll("P_S and P_S_FILE are both set", "P_U must be a URL")
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void noTimeIsATimeOnlyWhereItMayBe() throws InvalidSettings {
    SettingsReader settings = new SettingsReader(Map.of("P_T", "0s"));
    assertThat(settings.timeOrZero("P_T", Duration.ofSeconds(5))).isZero();
    settings.check("P_", List.of());
    settings.time("P_T", Duration.ofSeconds(5));
    assertThatThrownBy(() -> settings.check("P_", List.of())).hasMessageContaining("P_T must be");
  }

  @Test
  void anAmountThatOverflowsIsNone() {
    SettingsReader settings =
        new SettingsReader(Map.of("P_B", "999999999999999t", "P_Z", "0", "P_T", "36501d"));
    settings.bytes("P_B", 1);
    settings.bytes("P_Z", 1);
    settings.time("P_T", Duration.ofSeconds(5));
    assertThatThrownBy(() -> settings.check("P_", List.of()))
        .hasMessageContainingAll("P_B must be", "P_Z must be", "P_T must be");
  }

  @Test
  void refusesAValueThatTheJvmCouldNotDecode() {
    SettingsReader settings = new SettingsReader(Map.of("P_TEXT", "caf\uFFFD"));
    settings.text("P_TEXT");

    assertThatThrownBy(() -> settings.check("P_", List.of()))
        .hasMessageContaining("P_TEXT is not valid UTF-8");
  }

  @Test
  void refusesAnAmountThatNoLongHolds() {
    SettingsReader settings = new SettingsReader(Map.of("P_N", "99999999999"));
    settings.number("P_N", 1, 0, 10);
    assertThatThrownBy(() -> settings.check("P_", List.of())).hasMessageContaining("P_N");
  }

  @Test
  void tellsWhichRuleValuesBreak() {
    SettingsReader settings = new SettingsReader(Map.of());
    assertThat(settings.valid("P_A or P_B", "default", () -> "made")).isEqualTo("made");
    String made =
        settings.valid(
            "P_A or P_B",
            "default",
            () -> {
              throw new IllegalArgumentException("A is larger than B");
            });
    assertThat(made).isEqualTo("default");
    assertThatThrownBy(settings::check)
        .hasMessageContaining("1. P_A or P_B cannot be used: A is larger than B");
  }

  @Test
  void readsTheUrlOfAServerInOneSpelling() throws InvalidValue {
    assertThat(BaseUrl.parse("https://p.example.com:8443/"))
        .isEqualTo(URI.create("https://p.example.com:8443"));
    for (String none :
        List.of(
            "p.example.com",
            "ftp://p.example.com",
            "https://p.example.com/path",
            "https://p.example.com?q",
            "https://p.example.com#f",
            "https://user@p.example.com",
            "https://a b")) {
      assertThatThrownBy(() -> BaseUrl.parse(none)).as(none).isInstanceOf(InvalidValue.class);
    }
  }

  @Test
  void readsSeveralSecrets(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("secrets"), "# old\n\n a \nb\n");
    SettingsReader settings =
        new SettingsReader(
            Map.of(
                "PLATFORM_A", " x, y\nz ", "PLATFORM_B_FILE", file.toString(), "PLATFORM_C", ""));

    assertThat(settings.secrets("PLATFORM_A")).containsExactly("x", "y", "z");
    assertThat(settings.requiredSecrets("PLATFORM_B")).containsExactly("a", "b");
    assertThat(settings.secrets("PLATFORM_C")).isEmpty();
    settings.check("PLATFORM_", List.of());

    settings.requiredSecrets("PLATFORM_C");
    assertThatThrownBy(() -> settings.check("PLATFORM_", List.of()))
        .hasMessageContaining(
            "PLATFORM_C is not set; give it a value, or name a file with it in PLATFORM_C_FILE");
  }
}
