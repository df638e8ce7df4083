package io.platform.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTreeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "true",
        "\"a \\u00e9 \\ud83d\\ude00 \\n\"",
        "12345678901234567890123",
        "-1.5e300",
        "0.10",
        "{\"a\":{\"b\":[1,{\"c\":null},[]]},\"d\":false,\"e\":\"\"}"
      })
  void readsAndWritesWhatDatabindDoes(String text) throws IOException {
    var mapper = new ObjectMapper();

    assertThat(mapper.readTree(JsonTree.compact(JsonTree.parse(text))))
        .isEqualTo(mapper.readTree(text));
    assertThat(mapper.readTree(JsonTree.pretty(JsonTree.parse(text))))
        .isEqualTo(mapper.readTree(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "{\"a\":1", "[1,]", "{} x", "{\"a\" 1}", "<html>"})
  void whatIsNoJsonIsMissing(String text) {
    assertThat(JsonTree.parse(text).isMissingNode()).isTrue();
  }

  @Test
  void textIsEmptyWhereThereIsNone() {
    var tree = JsonTree.parse("{\"a\":null,\"b\":{},\"c\":7}");

    assertThat(JsonTree.text(tree, "a")).isEmpty();
    assertThat(JsonTree.text(tree, "b")).isEmpty();
    assertThat(JsonTree.text(tree, "none")).isEmpty();
    assertThat(JsonTree.text(tree, "c")).contains("7");
  }
}
