package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Config vars from environment files and standard input, and back. */
final class ConfigFileTest {
  private FakePlatform server;
  private User user;

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    server = new FakePlatform();
    user = new User(home);
    user.login(server);
    server.app("shop").put("release", "v1");
    server.release("live", "Deploy 0123456");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Map<String, String> config() throws Exception {
    var vars = new LinkedHashMap<String, String>();
    new ObjectMapper()
        .readTree(user.platform("config", "--json", "--reveal", "-a", "shop").out())
        .properties()
        .forEach(it -> vars.put(it.getKey(), it.getValue().asText()));
    return vars;
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(user.directory.resolve(name), text);
  }

  @Test
  void readsAnEnvironmentFile() throws Exception {
    String file =
        String.join(
            "",
            "\uFEFF# the shop\r\n",
            "\r\n",
            "PLAIN=a b\r\n",
            "  SPACED  =  x y   # a comment\r\n",
            "export EXPORTED=1\r\n",
            "exported=2\n",
            "EMPTY=\n",
            "ONLY_COMMENT= # nothing\n",
            "HASH=a#b\n",
            "HASH_FIRST=#b\n",
            "URL=postgres://u:p$w@h/d?x=y&z=${Z}\n",
            "JSON={\"a\": \"b\"}\n",
            "SINGLE='a \\n $b # c' # comment\n",
            "SINGLE_QUOTE='Let\\'s go'\n",
            "DOUBLE=\"tab\\there \\\"x\\\" \\\\n \\$5 \\d\"# comment\n",
            "LINES=\"one\r\ntwo\n\n# three\"\n",
            "LITERAL='four\nfive'\n",
            "UTF8=grüße 🎉\n",
            "TWICE=1\n",
            "TWICE=2");
    write(".env", file);

    var ended = user.platform("config", "set", "--from-file", ".env", "-a", "shop");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).startsWith("-----> Set PLAIN, SPACED, ").contains("v2 is live");
    assertThat(config())
        .containsExactly(
            Map.entry("PLAIN", "a b"),
            Map.entry("SPACED", "x y"),
            Map.entry("EXPORTED", "1"),
            Map.entry("exported", "2"),
            Map.entry("EMPTY", ""),
            Map.entry("ONLY_COMMENT", ""),
            Map.entry("HASH", "a#b"),
            Map.entry("HASH_FIRST", "#b"),
            Map.entry("URL", "postgres://u:p$w@h/d?x=y&z=${Z}"),
            Map.entry("JSON", "{\"a\": \"b\"}"),
            Map.entry("SINGLE", "a \\n $b # c"),
            Map.entry("SINGLE_QUOTE", "Let's go"),
            Map.entry("DOUBLE", "tab\there \"x\" \\n $5 \\d"),
            Map.entry("LINES", "one\ntwo\n\n# three"),
            Map.entry("LITERAL", "four\nfive"),
            Map.entry("UTF8", "grüße 🎉"),
            Map.entry("TWICE", "2"));
  }

  @Test
  void namesEachWrongLineAndChangesNothing() throws Exception {
    write(
        "wrong.env",
        "GOOD=1\n1BAD=hush\nLINES='a\nb'\nhush\n=x\nA-B='two\nlines'\nQ=\"a\" hush\nOPEN=\"never\nclosed\n");
    var ended = user.platform("config", "set", "--from-file", "wrong.env", "A=1", "-a", "shop");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo(
            """
             !     Line 2 of wrong.env has no valid name before "=".
             !     Line 5 of wrong.env has no "=".
             !     Line 6 of wrong.env has no valid name before "=".
             !     Line 7 of wrong.env has no valid name before "=".
             !     Line 9 of wrong.env has text after the closing quote.
             !     Line 10 of wrong.env opens a quote that is never closed.
             !     Nothing was changed. A line is NAME=VALUE; values with several lines need quotes.
            """);
    assertThat(server.requests).noneMatch(it -> it.startsWith("PATCH"));
    assertThat(config()).isEmpty();
  }

  @Test
  void countsTheWrongLinesThatItDoesNotShow() throws Exception {
    write("many.env", "x\n".repeat(13));

    assertThat(user.platform("config", "set", "--from-file", "many.env", "-a", "shop").err())
        .contains("Line 10 of many.env")
        .doesNotContain("Line 11 of many.env")
        .contains("More lines cannot be read: 3.");
  }

  @ParameterizedTest
  @MethodSource("waysToStandardInput")
  void readsAnEnvironmentFileFromStandardInput(List<String> words) throws Exception {
    var ended = user.platformWith("A=1\nB='two'\n", words.toArray(String[]::new));

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(config()).containsExactly(Map.entry("A", "1"), Map.entry("B", "two"));
  }

  static List<List<String>> waysToStandardInput() {
    return List.of(
        List.of("config", "set", "-", "-a", "shop"),
        List.of("config", "set", "--from-file", "-", "-a", "shop"));
  }

  @Test
  void laterFilesAndArgumentsWin() throws Exception {
    write("one.env", "A=1\nB=1\nC=1\n");
    write("two.env", "B=2\nC=2\n");
    var ended =
        user.platform(
            "config", "set", "--from-file", "one.env", "--from-file=two.env", "C=3", "-a", "shop");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(config())
        .containsExactly(Map.entry("A", "1"), Map.entry("B", "2"), Map.entry("C", "3"));
  }

  @Test
  void readsOneValueFromStandardInput() throws Exception {
    var key = "-----BEGIN KEY-----\nYWJj=\n-----END KEY-----\n";
    var ended =
        user.platformWith(key + "\n", "config", "set", "KEY", "--value-stdin", "-a", "shop");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(config()).containsExactly(Map.entry("KEY", key));
    assertThat(user.platform("config", "get", "KEY", "-a", "shop").out()).isEqualTo(key + "\n");
    var two = user.platformWith("x", "config", "set", "A", "B", "--value-stdin", "-a", "shop");
    assertThat(two.code()).isEqualTo(2);
    assertThat(two.err()).contains("platform config set NAME --value-stdin < FILE");
    assertThat(user.platformWith("x", "config", "set", "A=1", "--value-stdin", "-a", "shop").code())
        .isEqualTo(2);
  }

  @Test
  void refusesFilesThatItCannotUse() throws Exception {
    write("empty.env", "# nothing\n");
    Files.write(user.directory.resolve("latin1.env"), "A=ü".getBytes(StandardCharsets.ISO_8859_1));
    write("large.env", "A=" + "x".repeat(1 << 20));

    assertThat(set("missing.env").err()).isEqualTo(" !     There is no file missing.env.\n");
    assertThat(set(".").err()).contains(". is a directory");
    assertThat(set("empty.env").err()).contains("There is no config var in empty.env");
    assertThat(set("latin1.env").err()).contains("latin1.env is not valid UTF-8");
    assertThat(set("large.env").err()).contains("large.env is larger than 1 MiB");
    assertThat(user.platform("config", "set", "-", "--from-file", "-", "-a", "shop").err())
        .contains("Standard input can be read only once.");
    assertThat(server.requests).noneMatch(it -> it.startsWith("PATCH"));
  }

  private User.Ended set(String file) {
    var ended = user.platform("config", "set", "--from-file", file, "-a", "shop");
    assertThat(ended.code()).isEqualTo(2);
    return ended;
  }

  private static Map<String, String> difficult() {
    var vars = new LinkedHashMap<String, String>();
    vars.put("PLAIN", "postgres://h:1/d");
    vars.put("EMPTY", "");
    vars.put("SPACES", "  a  b ");
    vars.put("HASH", "a #b");
    vars.put("DOLLAR", "p$w ${X} `id` $(id) !x");
    vars.put("BACKSLASH", "C:\\new\\table\\");
    vars.put("SINGLE", "Let's 'go'");
    vars.put("DOUBLE", "say \"hi\"");
    vars.put("ALL", "'\"\\$`\n\r\n\t=#ü🎉");
    vars.put("LINES", "one\ntwo\n\n");
    vars.put("JSON", "{\"a\": [\"b\\n\"]}");
    return vars;
  }

  private void setDifficult() {
    var words = new ArrayList<>(List.of("config", "set", "-a", "shop"));
    difficult().forEach((name, value) -> words.add(name + "=" + value));
    assertThat(user.platform(words.toArray(String[]::new)).code()).isZero();
  }

  @Test
  void readsBackTheEnvironmentFileThatItWrites() throws Exception {
    setDifficult();
    var file = user.platform("config", "--env-file", "-a", "shop").out();
    server.app("other");

    assertThat(user.platformWith(file, "config", "set", "-", "-a", "other").code()).isZero();
    assertThat(server.config.get("ada/other")).isEqualTo(server.config.get("ada/shop"));
    assertThat(config()).isEqualTo(difficult());
  }

  @Test
  void writesWhatAShellReads() throws Exception {
    setDifficult();
    var script = user.platform("config", "--shell", "-a", "shop").out();
    for (var it : difficult().entrySet()) {
      var shown = user.run(script + "printf '%s.' \"$" + it.getKey() + "\"\n", List.of("sh", "-s"));
      assertThat(shown.out()).as(it.getKey() + shown.err()).isEqualTo(it.getValue() + ".");
    }
  }

  @Test
  void writesOneFormatOnly() {
    var ended = user.platform("config", "--shell", "--json", "-a", "shop");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("Give only one of --shell, --env-file and --json.");
  }
}
