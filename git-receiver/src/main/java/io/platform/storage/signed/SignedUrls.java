package io.platform.storage.signed;

import io.platform.storage.ObjectKeyRule;
import io.platform.storage.SignedUpload;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * URLs under {@code <base>/objects/<key>} that the platform signs and checks itself, for stores
 * that have no web server of their own. The signature is an HMAC-SHA256 over method, key, time of
 * expiry, and for a PUT size and SHA-256.
 */
public final class SignedUrls {
  /** The path under which the keys are. */
  public static final String PATH = "/objects/";

  private static final int SECRET_BYTES = 32;
  private static final String HMAC = "HmacSHA256";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final URI base;
  private final SecretKeySpec secret;
  private final InstantSource clock;

  /**
   * Signs with a secret that all processes of the installation share.
   *
   * @param base scheme, host and port, without a path
   * @param secret what {@link #newSecret} made for the installation
   */
  public SignedUrls(URI base, String secret, InstantSource clock) {
    byte[] key = Base64.getDecoder().decode(secret);
    if (key.length < SECRET_BYTES) {
      throw new IllegalArgumentException("the secret of object URLs is too short");
    }
    this.base = base;
    this.secret = new SecretKeySpec(key, HMAC);
    this.clock = clock;
  }

  /** A new secret: 32 random bytes in Base64. */
  public static String newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return Base64.getEncoder().encodeToString(secret);
  }

  public String get(String key, Duration validity) {
    long expires = expires(validity);
    return "%s?expires=%d&signature=%s"
        .formatted(url(key), expires, sign("GET", key, expires, "", ""));
  }

  public SignedUpload put(String key, long size, String sha256, Duration validity) {
    if (size < 0 || !SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("no size and SHA-256: " + size + ", " + sha256);
    }
    long expires = expires(validity);
    String signature = sign("PUT", key, expires, Long.toString(size), sha256);
    return new SignedUpload(
        "PUT",
        "%s?expires=%d&size=%d&sha256=%s&signature=%s"
            .formatted(url(key), expires, size, sha256, signature),
        Map.of());
  }

  private long expires(Duration validity) {
    return clock.instant().plus(validity).getEpochSecond();
  }

  private String url(String key) {
    String address = base.toString();
    return (address.endsWith("/") ? address.substring(0, address.length() - 1) : address)
        + PATH
        + key;
  }

  /** What a URL for GET allows. */
  public Grant checkGet(String key, Map<String, String> query) {
    return check("GET", key, query, "", "");
  }

  /** What a URL for PUT allows. */
  public Grant checkPut(String key, Map<String, String> query) {
    String size = query.getOrDefault("size", "");
    String sha256 = query.getOrDefault("sha256", "");
    if (!NUMBER.matcher(size).matches() || !SHA256.matcher(sha256).matches()) {
      return Grant.FORGED;
    }
    return check("PUT", key, query, size, sha256);
  }

  private Grant check(
      String method, String key, Map<String, String> query, String size, String sha256) {
    Optional<String> expires =
        Optional.ofNullable(query.get("expires")).filter(n -> NUMBER.matcher(n).matches());
    if (expires.isEmpty() || !ObjectKeyRule.valid(key)) {
      return Grant.FORGED;
    }
    long until = Long.parseLong(expires.get());
    byte[] right = sign(method, key, until, size, sha256).getBytes(StandardCharsets.US_ASCII);
    byte[] given = query.getOrDefault("signature", "").getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(right, given)) {
      return Grant.FORGED;
    }
    return clock.instant().isAfter(Instant.ofEpochSecond(until)) ? Grant.EXPIRED : Grant.GOOD;
  }

  private String sign(String method, String key, long expires, String size, String sha256) {
    String text = String.join("\n", method, key, Long.toString(expires), size, sha256);
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(secret);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }

  /** What a signature is worth. */
  public enum Grant {
    GOOD,
    EXPIRED,
    FORGED
  }
}
