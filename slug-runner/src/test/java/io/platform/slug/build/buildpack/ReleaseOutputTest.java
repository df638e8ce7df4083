package io.platform.slug.build.buildpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.slug.BadFormatException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReleaseOutputTest {
  @Test
  void readsDefaultProcessTypesAndConfigVars() throws Exception {
    ReleaseOutput output =
        read(
            """
            ---
            addons:
            - heroku-postgresql:hobby-dev
            - plan: x
              as: DB
            config_vars:
              web: not a process
              LANG: en_US.UTF-8   # the default
            default_process_types:
              web: bundle exec rails server -p ${PORT:-5000}
              "console": "irb -r \\"x\\""
              task: 'echo ''a: b'' #c'
              empty:
            """);

    assertThat(output.processTypes().commands())
        .containsExactly(
            Map.entry("web", "bundle exec rails server -p ${PORT:-5000}"),
            Map.entry("console", "irb -r \"x\""),
            Map.entry("task", "echo 'a: b' #c"));
    assertThat(output.configVars())
        .containsExactly(Map.entry("web", "not a process"), Map.entry("LANG", "en_US.UTF-8"));
  }

  @Test
  void readsScalarsOfSeveralLines() throws Exception {
    assertThat(
            read("""
            default_process_types:
                web: bundle exec thin start -R config.ru
                  -e $RACK_ENV -p $PORT

                folded: >-
                  java
                  -jar x.jar
                literal: |
                  cd x
                  ./run
                quoted: "a
                  b"
            ...
            rest
            """)
                .processTypes()
                .commands())
        .containsExactly(
            Map.entry("web", "bundle exec thin start -R config.ru -e $RACK_ENV -p $PORT"),
            Map.entry("folded", "java -jar x.jar"),
            Map.entry("literal", "cd x\n./run"),
            Map.entry("quoted", "a b"));
  }

  @Test
  void readsFlowStyleAndJson() throws Exception {
    assertThat(read("--- {}\n")).isEqualTo(ReleaseOutput.NONE);
    assertThat(read("")).isEqualTo(ReleaseOutput.NONE);
    assertThat(read("addons: [a, {b: c}]\ndefault_process_types: {}\n"))
        .isEqualTo(ReleaseOutput.NONE);
    for (String flow :
        List.of(
            "{\"addons\": [\"a\", []], \"default_process_types\": {\"web\": \"./run \\u0024PORT\"}}",
            "---\ndefault_process_types: { web: ./run $PORT }\n",
            "default_process_types: {\n  'web': './run $PORT'\n  }\n")) {
      assertThat(read(flow).processTypes().commands())
          .containsExactly(Map.entry("web", "./run $PORT"));
    }
  }

  @Test
  void namesTheLineThatIsNoYaml() {
    assertThatThrownBy(() -> read("---\ndefault_process_types:\n  web: x\n  stray\n"))
        .isInstanceOf(BadFormatException.class)
        .hasMessage("line 4: could not find expected ':'");
    assertThatThrownBy(() -> read("nonsense\n"))
        .isInstanceOf(BadFormatException.class)
        .hasMessage("line 1: this is not `name: value`");
    assertThatThrownBy(() -> read("config_vars: {a: b"))
        .hasMessage("line 1: expected ',' or '}', but got <stream end>");
    assertThatThrownBy(() -> read("default_process_types:\n  \"a b\": x\n"))
        .isInstanceOf(BadFormatException.class);
  }

  private static ReleaseOutput read(String yaml) throws BadFormatException {
    return ReleaseOutput.read(yaml.lines().toList());
  }
}
