package io.platform.storage;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people read when a store answers, but with a refusal; WireMock is the store. */
class RefusedRequestsTest {
  private static final StoreSettings QUICK =
      new StoreSettings(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          3,
          Duration.ofMillis(100),
          1024 * 1024,
          5 * 1024 * 1024,
          2);

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
      String sha256 = Digests.hex(Digests.sha256().digest(content));
      bucket.put("objects/a", content, content.length, sha256, Creation.replacing());
    }
    assertThat(server.getAllServeEvents()).hasSize(3);
  }

  @Test
  void aSilentStoreIsGivenUp() throws Exception {
    server.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(20_000)));
    long begun = System.nanoTime();
    assertThat(trial(s3())).contains("did not take or send a byte for too long");
    assertThat(trial(google())).contains("did not take or send a byte for too long");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(40));
  }

  @Test
  void aClockThatIsWrongIsFoundAtTheStart() throws Exception {
    try (S3Bucket bucket = s3()) {
      assertThatThrownBy(
              () -> new StoreProbe(bucket, "objects/", QUICK).checkClock(1_600_000_000_000L))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("this machine's clock and the store's differ by ");
    }
  }
}
