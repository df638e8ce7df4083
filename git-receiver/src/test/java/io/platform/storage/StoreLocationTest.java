package io.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreLocationTest {
  private static StoreLocation parse(String url) {
    return StoreLocation.parse(URI.create(url));
  }

  @Test
  void readsEachKind() {
    assertThat(parse("file:///var/objects"))
        .isEqualTo(new StoreLocation.InDirectory(Path.of("/var/objects")));
    assertThat(parse("gs://slugs"))
        .isEqualTo(new StoreLocation.InGoogle("slugs", "", Optional.empty()));
    assertThat(parse("gs://my_slugs/a/b/?endpoint=http://localhost:4443/"))
        .isEqualTo(
            new StoreLocation.InGoogle(
                "my_slugs", "a/b/", Optional.of(URI.create("http://localhost:4443"))));
    assertThat(parse("s3://slugs/platform?region=eu-west-1"))
        .isEqualTo(
            new StoreLocation.InS3(
                "slugs", "platform/", Optional.empty(), Optional.of("eu-west-1"), false));
    assertThat(parse("s3://slugs?endpoint=https%3A%2F%2Fminio.example.com"))
        .isEqualTo(
            new StoreLocation.InS3(
                "slugs",
                "",
                Optional.of(URI.create("https://minio.example.com")),
                Optional.empty(),
                true));
    assertThat(parse("s3://slugs?endpoint=http://localhost:9000&path-style=false"))
        .extracting(location -> ((StoreLocation.InS3) location).pathStyle())
        .isEqualTo(false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          s3:///prefix                         | names no bucket: use s3://BUCKET/PREFIX.
          s3://key:secret@slugs/               | has credentials in it: take them out
          s3://slugs/?reguon=x                 | has the unknown parameter 'reguon': it may have endpoint, path-style, region.
          gs://slugs/?region=x                 | has the unknown parameter 'region': it may have endpoint.
          s3://slugs/?region=a&region=b        | must have the parameter 'region' once, with a value.
          s3://slugs/?region                   | must have the parameter 'region' once, with a value.
          s3://slugs/?path-style=yes           | has path-style=yes: use true or false.
          s3://slugs/?endpoint=localhost:9000  | has an endpoint that is no http://HOST:PORT or https://HOST.
          s3://slugs/?endpoint=http://h/path   | has an endpoint that is no http://HOST:PORT
          s3://slugs/a//b                      | has the prefix 'a//b': use names of letters
          s3://slugs/../b                      | has the prefix '../b'
          s3://slugs/a#b                       | has a '#' in it
          """)
  void refusesInWords(String url, String words) {
    assertThatThrownBy(() -> parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The object store '" + url.substring(0, 2))
        .hasMessageContaining(words)
        .message()
        .doesNotContain("secret");
  }
}
