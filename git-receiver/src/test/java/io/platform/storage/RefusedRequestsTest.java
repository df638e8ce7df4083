package io.platform.storage;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.platform.bootstrap.ObjectStores;
import io.platform.commons.digest.Sha256Digests;
import io.platform.storage.bucket.Bucket;
import io.platform.storage.bucket.BucketStore;
import io.platform.storage.bucket.BucketUpload;
import io.platform.storage.bucket.RequestLimits;
import io.platform.storage.gcs.GoogleBucket;
import io.platform.storage.gcs.GoogleConnection;
import io.platform.storage.s3.S3Bucket;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages when a store answers, but with a refusal; WireMock is the store. */
class RefusedRequestsTest {
  private static final RequestLimits QUICK =
      new RequestLimits(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          3,
          Duration.ofMillis(100),
          1024 * 1024,
          5 * 1024 * 1024,
          2);

  private static final String SHA_OF_CONTENT =
      Digests.hex(Sha256Digests.start().digest("content".getBytes(UTF_8)));

  private final WireMockServer server =
      new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  private S3Bucket s3() throws IOException {
    return S3Bucket.open(S3Contract.location("slugs", endpoint()), QUICK, S3Contract.CREDENTIALS);
  }

  private GoogleBucket google() throws IOException {
    StoreLocation.InGoogle location =
        new StoreLocation.InGoogle("slugs", "objects/", Optional.of(endpoint()));
    return GoogleBucket.open(
        location, QUICK, GoogleConnection.open(location, QUICK, Optional.empty()));
  }

  private static ResponseDefinitionBuilder s3Error(int status, String code, String message) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/xml")
        .withBody("<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, message));
  }

  private String trial(Bucket bucket) throws IOException {
    try (bucket) {
      ObjectStores.tried(bucket, "objects/", QUICK);
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          404 | NoSuchBucket                 | .                                               | there is no bucket 'slugs' at
          403 | AccessDenied                 | Access Denied.                                  | Allow them s3:PutObject on the bucket 'slugs' under 'objects/'.
          403 | InvalidAccessKeyId           | no                                              | the store does not accept the credentials (InvalidAccessKeyId). Correct them
          403 | SignatureDoesNotMatch        | no                                              | the store does not accept the credentials (SignatureDoesNotMatch). Correct them
          400 | AuthorizationHeaderMalformed | the region 'us-east-1' is wrong; expecting 'eu-west-1' | the bucket 'slugs' is in the region eu-west-1, not in us-east-1. Put it into the URL: ?region=eu-west-1.
          301 | PermanentRedirect            | other endpoint                                  | Put the right one into the URL: ?region=REGION.
          403 | RequestTimeTooSkewed         | too large                                       | this machine's clock and the store's differ
          507 | XMinioStorageFull            | full                                            | the object store is full. Free some space in it, and try again.
          503 | SlowDown                     | Reduce your request rate.                       | the store refused it again and again (HTTP status 503, SlowDown).
          """)
  void s3TellsWhatIsWrongAtTheStart(int status, String code, String message, String words)
      throws IOException {
    server.stubFor(any(anyUrl()).willReturn(s3Error(status, code, message)));
    assertThat(trial(s3()))
        .startsWith("The object store s3://slugs/objects/ cannot be used: ")
        .contains(words)
        .doesNotContain("Exception")
        .doesNotContain("software.amazon");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          404 | The specified bucket does not exist.                          | there is no bucket 'slugs' at
          403 | x does not have storage.objects.create access to the bucket.  | Allow them storage.objects.create on the bucket 'slugs' under 'objects/'.
          403 | The project exceeded its quota for requests.                  | the object store is full. Free some space in it, and try again.
          401 | Invalid Credentials                                           | the store does not accept the credentials. Correct them
          503 | Backend Error                                                 | the store refused it again and again (HTTP status 503).
          429 | Rate limited                                                  | the store refused it again and again (HTTP status 429).
          """)
  void googleTellsWhatIsWrongAtTheStart(int status, String message, String words)
      throws IOException {
    server.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withHeader("Content-Type", "application/json")
                    .withBody(
                        "{\"error\":{\"code\":%d,\"message\":\"%s\"}}"
                            .formatted(status, message))));
    assertThat(trial(google()))
        .startsWith("The object store gs://slugs/objects/ cannot be used: ")
        .contains(words)
        .doesNotContain("Exception")
        .doesNotContain("com.google");
  }

  @Test
  void triesAgainWhatMayBeRepeated() throws Exception {
    server.stubFor(
        put(anyUrl())
            .inScenario("busy")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(s3Error(503, "SlowDown", "slow"))
            .willSetStateTo("broken"));
    server.stubFor(
        put(anyUrl())
            .inScenario("busy")
            .whenScenarioStateIs("broken")
            .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))
            .willSetStateTo("well"));
    server.stubFor(
        put(anyUrl())
            .inScenario("busy")
            .whenScenarioStateIs("well")
            .willReturn(aResponse().withStatus(200).withHeader("ETag", "\"x\"")));
    try (S3Bucket bucket = s3()) {
      byte[] content = new byte[100];
      String sha256 = Digests.hex(Sha256Digests.start().digest(content));
      bucket.put(
          "objects/a", content, content.length, sha256, BucketUpload.of(PutOptions.replacing()));
    }
    assertThat(server.getAllServeEvents()).hasSize(3);
  }

  @Test
  void aSilentStoreIsGivenUp() throws Exception {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(20_000)));
    assertThat(trial(s3())).contains("did not take or send a byte for too long");
    assertThat(trial(google())).contains("did not take or send a byte for too long");
  }

  /** All answers of a store that works, with the time that it says. */
  private void answersTheTrialAt(String date) {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200).withHeader("Date", date)));
    server.stubFor(
        get(urlPathMatching("/slugs/objects/.*"))
            .willReturn(aResponse().withBody("x").withHeader("Date", date)));
    server.stubFor(
        get(urlPathEqualTo("/slugs")).willReturn(aResponse().withBody("<ListBucketResult/>")));
    server.stubFor(
        post(urlPathEqualTo("/slugs")).willReturn(aResponse().withBody("<DeleteResult/>")));
  }

  @Test
  void aClockThatIsWrongIsFoundAtTheStart() throws Exception {
    answersTheTrialAt("Sun, 13 Sep 2020 12:26:40 GMT");
    assertThat(trial(s3()))
        .startsWith("The object store s3://slugs/objects/ cannot be used: ")
        .containsPattern("this machine's clock and the store's differ by [0-9]+ minutes")
        .contains("Set the clock (NTP), and try again.");
    answersTheTrialAt(RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
    assertThat(trial(s3())).isEmpty();
  }

  private ObjectStore store(Bucket bucket) {
    return new BucketStore(bucket, "objects/", QUICK);
  }

  private static void write(ObjectStore store, int size) throws IOException {
    try (store;
        ObjectWriter writer = store.create("a/slug")) {
      writer.write(new byte[size]);
      writer.commit();
    }
  }

  @Test
  void aStoreThatFillsUpEndsAnUploadAndKeepsNoneOfItsParts() throws Exception {
    server.stubFor(
        post(urlPathMatching("/slugs/.*"))
            .willReturn(
                aResponse()
                    .withBody(
                        "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>")));
    server.stubFor(
        put(urlPathMatching("/slugs/.*"))
            .withQueryParam("partNumber", equalTo("1"))
            .willReturn(aResponse().withHeader("ETag", "\"x\"")));
    server.stubFor(
        put(urlPathMatching("/slugs/.*"))
            .withQueryParam("partNumber", equalTo("2"))
            .willReturn(s3Error(507, "XMinioStorageFull", "full")));
    server.stubFor(delete(anyUrl()).willReturn(aResponse().withStatus(204)));
    assertThatThrownBy(() -> write(store(s3()), 6_000_000))
        .hasMessage(
            "Storing a/slug failed: the object store is full. Free some space in it, and try again.")
        .matches(StoreException::isFull);
    server.verify(
        deleteRequestedFor(urlPathEqualTo("/slugs/objects/a/slug"))
            .withQueryParam("uploadId", equalTo("u1")));
  }

  @Test
  void waitsAsLongAsABusyStoreAsks() throws Exception {
    server.stubFor(
        put(anyUrl())
            .inScenario("busy")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(s3Error(503, "SlowDown", "slow").withHeader("Retry-After", "2"))
            .willSetStateTo("well"));
    server.stubFor(
        put(anyUrl())
            .inScenario("busy")
            .whenScenarioStateIs("well")
            .willReturn(aResponse().withHeader("ETag", "\"x\"")));
    Instant begun = Instant.now();
    write(store(s3()), 100);
    assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(1900));
  }

  @Test
  void waitsNotForEverThoughAStoreAsks() throws Exception {
    server.stubFor(
        any(anyUrl())
            .willReturn(s3Error(503, "SlowDown", "slow").withHeader("Retry-After", "3600")));
    assertThatThrownBy(() -> write(store(s3()), 100)).hasMessageStartingWith("Storing a/slug ");
    try (ObjectStore store = store(s3())) {
      assertThatThrownBy(() -> store.stat("a/slug")).hasMessageStartingWith("Reading a/slug ");
      assertThatThrownBy(() -> store.open("a/slug", 0)).hasMessageStartingWith("Reading a/slug ");
      assertThatThrownBy(() -> store.delete(List.of("a/slug")))
          .hasMessageStartingWith("Deleting a/slug ");
    }
  }

  private static String readAll(ObjectStore store, long from) throws IOException {
    try (store;
        InputStream in = store.open("a/slug", from)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** Of "content"; what comes is another length, though the answer is whole. */
  @ParameterizedTest
  @ValueSource(strings = {"cont", "content and more", "CONTENT", ""})
  void anS3AnswerThatIsNotTheObjectIsFoundOut(String body) throws Exception {
    server.stubFor(
        get(anyUrl())
            .willReturn(
                aResponse()
                    .withBody(body)
                    .withHeader("x-amz-meta-platform-sha256", SHA_OF_CONTENT)));
    assertThatThrownBy(() -> readAll(store(s3()), 0))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Reading a/slug failed: its content does not have the SHA-256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cont", "CONTENT"})
  void aGoogleAnswerThatIsNotTheObjectIsFoundOut(String body) throws Exception {
    server.stubFor(
        get(anyUrl())
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", "application/json")
                    .withBody(
                        """
                        {"bucket": "slugs", "name": "objects/a/slug", "size": "7", "generation": "1",
                         "metadata": {"platform-sha256": "%s"}}\
                        """
                            .formatted(SHA_OF_CONTENT))));
    server.stubFor(
        get(anyUrl())
            .withQueryParam("alt", equalTo("media"))
            .willReturn(aResponse().withBody(body)));
    assertThatThrownBy(() -> readAll(store(google()), 0))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Reading a/slug failed: ");
  }

  @Test
  void anotherPartThanWasAskedForIsFoundOut() throws Exception {
    server.stubFor(get(anyUrl()).willReturn(aResponse().withBody("content")));
    assertThatThrownBy(() -> readAll(store(s3()), 4))
        .hasMessageStartingWith("Reading a/slug failed: the store sent another part of it.");
  }

  /** A stored object as Google tells it. */
  private static ResponseDefinitionBuilder stored(String name, byte[] content) {
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    byte[] sum = ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array();
    return json(
        """
        {"bucket": "slugs", "name": "%s", "size": "%d", "generation": "1", "crc32c": "%s"}\
        """
            .formatted(name, content.length, Base64.getEncoder().encodeToString(sum)));
  }

  private static ResponseDefinitionBuilder json(String body) {
    return aResponse().withHeader("Content-Type", "application/json").withBody(body);
  }

  private void sentRange(String range, String from, ResponseDefinitionBuilder answer, String to) {
    server.stubFor(
        put(urlPathEqualTo("/session"))
            .inScenario("resumed")
            .whenScenarioStateIs(from)
            .withHeader("Content-Range", equalTo(range))
            .willReturn(answer)
            .willSetStateTo(to));
  }

  /** As Google's documents on resumable uploads tell; the emulator cannot be asked what it has. */
  @Test
  void googleIsSentOnlyWhatItDoesNotHave() throws Exception {
    byte[] content = new byte[6_000_000];
    server.stubFor(
        post(urlPathMatching("/upload/.*"))
            .willReturn(aResponse().withHeader("Location", endpoint() + "/session?upload_id=u1")));
    ResponseDefinitionBuilder half =
        aResponse().withStatus(308).withHeader("Range", "bytes=0-2621439");
    ResponseDefinitionBuilder first =
        aResponse().withStatus(308).withHeader("Range", "bytes=0-5242879");
    sentRange(
        "bytes 0-5242879/*",
        Scenario.STARTED,
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
        "reset");
    sentRange("bytes */*", "reset", half, "half");
    sentRange("bytes 2621440-5242879/*", "half", first, "first");
    sentRange("bytes 5242880-5999999/6000000", "first", stored("unseen", content), "whole");
    server.stubFor(
        get(urlPathMatching("/storage/v1/b/slugs/o/.*")).willReturn(stored("unseen", content)));
    server.stubFor(
        post(urlPathMatching("/storage/v1/.*/rewriteTo/.*"))
            .willReturn(
                json(
                    """
                    {"kind": "storage#rewriteResponse", "done": true, "objectSize": "6000000",
                     "totalBytesRewritten": "6000000",
                     "resource": {"bucket": "slugs", "name": "objects/a/slug", "generation": "2"}}\
                    """)));
    server.stubFor(delete(anyUrl()).willReturn(aResponse().withStatus(204)));
    write(store(google()), content.length);
    server.verify(
        postRequestedFor(urlPathMatching("/storage/v1/.*/rewriteTo/b/slugs/o/objects%2Fa%2Fslug"))
            .withRequestBody(containing(Digests.hex(Sha256Digests.start().digest(content)))));
    server.verify(deleteRequestedFor(urlPathMatching(".*objects%2F.upload%2Fa%2Fslug.*")));
  }
}
