package io.platform.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.platform.bootstrap.ObjectStores;
import io.platform.commons.digest.Sha256Digests;
import io.platform.storage.bucket.Bucket;
import io.platform.storage.bucket.BucketUpload;
import io.platform.storage.bucket.StoreProbe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The behaviour of every bucket: the store's contract, and what its URLs allow. */
abstract class BucketContract extends ObjectStoreContract {
  private static final Duration VALID = Duration.ofMinutes(5);
  private static final byte[] CONTENT = "content".getBytes(UTF_8);

  /** The same server and credentials, another bucket. */
  abstract ObjectStores.Opened open(String bucket) throws IOException;

  /** The bucket that {@link #open} puts a store on. */
  abstract Bucket raw(String bucket) throws IOException;

  /** Whether this server looks at signatures at all; emulators may not. */
  boolean checksSignatures() {
    return true;
  }

  /** Whether this server compares what comes with the digest that the URL is for. */
  boolean checksDigests() {
    return true;
  }

  /** Whether this server compares what comes with the size that the URL is for. */
  boolean checksSizes() {
    return true;
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    }
  }

  private static int put(SignedUpload upload, byte[] body) throws Exception {
    return put(upload.url(), upload.headers(), body);
  }

  private static int put(String url, Map<String, String> headers, byte[] body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return send(request).statusCode();
  }

  private static int get(String url) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url)).GET()).statusCode();
  }

  private SignedUpload upload(String key) throws Exception {
    return store().signPut(key, CONTENT.length, sha256(CONTENT), VALID);
  }

  @Test
  void anyoneCanReadByASignedUrl() throws Exception {
    write("a/slug", CONTENT);
    HttpResponse<byte[]> answer =
        send(HttpRequest.newBuilder(URI.create(store().signGet("a/slug", VALID))).GET());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(CONTENT);
    assertThat(get(store().signGet("a/none", VALID))).isEqualTo(404);
  }

  @Test
  void anyoneCanWriteByASignedUrl() throws Exception {
    assertThat(put(upload("a/slug"), CONTENT)).isIn(200, 201, 204);
    assertThat(put(upload("a/slug"), CONTENT)).as("again").isIn(200, 201, 204);
    assertThat(read("a/slug", 0)).isEqualTo(CONTENT);
    ObjectInfo found = store().verified("a/slug").orElseThrow();
    assertThat(found.size()).isEqualTo(CONTENT.length);
    assertThat(found.sha256Hex()).isEqualTo(sha256(CONTENT));
    assertThat(found.metadata()).isEmpty();
  }

  @Test
  void otherBytesAreRefusedOrFoundOut() throws Exception {
    byte[] other = "CONTENT".getBytes(UTF_8);
    int status = put(upload("a/slug"), other);
    if (checksDigests()) {
      assertThat(status).isBetween(400, 499);
      assertThat(store().stat("a/slug")).isEmpty();
    } else {
      assertThat(store().verified("a/slug").orElseThrow().sha256Hex()).isEqualTo(sha256(other));
      assertThatThrownBy(() -> read("a/slug", 0))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("does not have the SHA-256");
    }
  }

  @Test
  void anotherSizeIsRefusedOrFoundOut() throws Exception {
    byte[] longer = "content and more".getBytes(UTF_8);
    int status = put(upload("a/slug"), longer);
    if (checksSizes()) {
      assertThat(status).isBetween(400, 499);
      assertThat(store().stat("a/slug")).isEmpty();
    } else {
      assertThat(store().verified("a/slug").orElseThrow().size()).isEqualTo(longer.length);
    }
  }

  @Test
  void aUrlIsGoodForNothingElse() throws Exception {
    if (!checksSignatures()) {
      return;
    }
    write("a/slug", CONTENT);
    write("b/secret", CONTENT);
    String get = store().signGet("a/slug", VALID);
    SignedUpload put = upload("a/slug");
    assertThat(get(get.replace("a/slug", "b/secret"))).as("another object").isEqualTo(403);
    assertThat(put(get, Map.of(), CONTENT)).as("another method").isEqualTo(403);
    assertThat(send(HttpRequest.newBuilder(URI.create(get)).DELETE()).statusCode())
        .as("another method")
        .isEqualTo(403);
    assertThat(get(put.url())).as("another method").isBetween(400, 403);
    assertThat(put(put.url().replace("a/slug", "b/secret"), put.headers(), CONTENT))
        .as("another object")
        .isEqualTo(403);
    byte[] other = "CONTENT".getBytes(UTF_8);
    Map<String, String> headers = new TreeMap<>(put.headers());
    headers.replaceAll((name, value) ->
        value
            .replace(Digests.base64(shaOf(CONTENT)), Digests.base64(shaOf(other)))
            .replace(shaOf(CONTENT), shaOf(other)));
    assertThat(headers).isNotEqualTo(put.headers());
    assertThat(put(put.url(), headers, other)).as("another digest").isEqualTo(403);
    assertThat(read("b/secret", 0)).isEqualTo(CONTENT);
    assertThat(read("a/slug", 0)).isEqualTo(CONTENT);
  }

  private static String shaOf(byte[] content) {
    return Digests.hex(Sha256Digests.start().digest(content));
  }

  @Test
  void aUrlEnds() throws Exception {
    if (!checksSignatures()) {
      return;
    }
    write("a/slug", CONTENT);
    String url = store().signGet("a/slug", Duration.ofSeconds(1));
    int status =
        await().atMost(Duration.ofSeconds(30)).until(() -> get(url), answered -> answered != 200);
    assertThat(status).isBetween(400, 403);
  }

  @Test
  void leavesNothingOfItsTrial() throws Exception {
    assertThat(open(bucket()).store().list("")).isEmpty();
  }

  @Test
  void sweepsWhatAKilledTrialLeft() throws Exception {
    try (Bucket raw = raw(bucket())) {
      String name = "objects/" + StoreProbe.FOLDER + "killed";
      raw.put(
          name, CONTENT, CONTENT.length, sha256(CONTENT), BucketUpload.of(PutOptions.replacing()));
      store().sweep(Instant.now().minusSeconds(3600));
      assertThat(raw.head(name)).isPresent();
      store().sweep(Instant.now().plusSeconds(60));
      assertThat(raw.head(name)).isEmpty();
    }
  }

  /** The name of the bucket that the store is in. */
  abstract String bucket();

  @Test
  void aMissingBucketIsASentence() {
    assertThatThrownBy(() -> open("no-such-bucket"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "no-such-bucket/objects/ cannot be used: there is no bucket 'no-such-bucket' at http://")
        .hasMessageEndingWith("Create it, or correct the object store's URL.");
  }

  static Optional<String> environment(String name) {
    return Optional.ofNullable(System.getenv(name));
  }

  static List<String> java(String... arguments) {
    List<String> command = new java.util.ArrayList<>();
    command.add(java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(arguments));
    return command;
  }
}
