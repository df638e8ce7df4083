package io.platform.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.platform.commons.digest.Sha256Digests;
import io.platform.storage.bucket.RequestLimits;
import io.platform.storage.gcs.GoogleBucket;
import io.platform.storage.gcs.GoogleConnection;
import java.net.URI;
import java.net.URLDecoder;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Google's signed URLs, checked as Google's documents on canonical requests (V4) say, with the
 * public half of a service account's key: no server that can be had here looks at them.
 */
class GoogleSigningTest {
  private static final String KEY = "objects/acme/shop/builds/b1/slug";
  private static final String SHA256 = "ab".repeat(32);

  private KeyPair keys;
  private GoogleBucket bucket;

  @BeforeEach
  void open() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
    GoogleCredentials account =
        ServiceAccountCredentials.newBuilder()
            .setClientEmail("platform@project.iam.gserviceaccount.com")
            .setClientId("1")
            .setPrivateKeyId("1")
            .setPrivateKey(keys.getPrivate())
            .build();
    StoreLocation.InGoogle location =
        new StoreLocation.InGoogle(
            "slugs", "objects/", Optional.of(URI.create("http://localhost:4443")));
    RequestLimits limits = RequestLimits.defaults();
    bucket =
        GoogleBucket.open(
            location, limits, GoogleConnection.open(location, limits, Optional.of(account)));
  }

  /** Whether a request with these headers is what the URL was signed for. */
  private boolean good(String method, String url, Map<String, String> headers) throws Exception {
    URI uri = URI.create(url);
    Map<String, String> query = new TreeMap<>();
    for (String pair : uri.getRawQuery().split("&", -1)) {
      int equals = pair.indexOf('=');
      query.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    String signature = String.valueOf(query.remove("X-Goog-Signature"));
    TreeMap<String, String> signed = new TreeMap<>(headers);
    signed.put("host", uri.getAuthority());
    StringBuilder request = new StringBuilder();
    request.append(method).append('\n').append(uri.getRawPath()).append('\n');
    StringBuilder pairs = new StringBuilder();
    query.forEach((name, value) ->
        pairs.append(pairs.isEmpty() ? "" : "&").append(name).append('=').append(value));
    request.append(pairs).append('\n');
    signed.forEach((name, value) -> request.append(name).append(':').append(value).append('\n'));
    request.append('\n').append(String.join(";", signed.keySet())).append("\nUNSIGNED-PAYLOAD");
    String date = String.valueOf(query.get("X-Goog-Date"));
    String scope = URLDecoder.decode(String.valueOf(query.get("X-Goog-Credential")), UTF_8);
    String text =
        "GOOG4-RSA-SHA256\n%s\n%s\n%s"
            .formatted(
                date,
                scope.substring(scope.indexOf('/') + 1),
                Digests.hex(Sha256Digests.start().digest(request.toString().getBytes(UTF_8))));
    Signature rsa = Signature.getInstance("SHA256withRSA");
    rsa.initVerify(keys.getPublic());
    rsa.update(text.getBytes(UTF_8));
    return rsa.verify(HexFormat.of().parseHex(signature));
  }

  @Test
  void aUrlIsForOneObjectAndMethodAndTime() throws Exception {
    String url = bucket.signGet(KEY, Duration.ofMinutes(7));
    assertThat(url)
        .startsWith("http://localhost:4443/slugs/" + KEY + "?")
        .contains("X-Goog-Expires=420");
    assertThat(good("GET", url, Map.of())).isTrue();
    assertThat(good("PUT", url, Map.of())).isFalse();
    assertThat(good("GET", url.replace("b1", "b2"), Map.of())).isFalse();
    assertThat(good("GET", url.replace("=420", "=86400"), Map.of())).isFalse();
  }

  @Test
  void anUploadIsBoundToItsSizeAndDigest() throws Exception {
    SignedUpload upload = bucket.signPut(KEY, 1234, SHA256, Duration.ofMinutes(7));
    assertThat(upload.method()).isEqualTo("PUT");
    assertThat(upload.headers())
        .containsEntry("x-goog-content-length-range", "1234,1234")
        .containsEntry("x-goog-meta-platform-sha256", SHA256);
    assertThat(good("PUT", upload.url(), upload.headers())).isTrue();
    Map<String, String> other = new TreeMap<>(upload.headers());
    other.put("x-goog-content-length-range", "0,999999999");
    assertThat(good("PUT", upload.url(), other)).isFalse();
    assertThat(good("GET", upload.url(), upload.headers())).isFalse();
  }
}
