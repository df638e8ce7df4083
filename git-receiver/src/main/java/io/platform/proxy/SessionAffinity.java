package io.platform.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.platform.domain.port.Upstream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The cookie (RFC 6265) that holds a client to the process of its first request. Its value tells
 * nothing: it is a keyed hash of where the process is, with a key of this server alone.
 */
final class SessionAffinity {
  static final String COOKIE = "platform-session-affinity";

  private static final String ALGORITHM = "HmacSHA256";
  private static final int ID_BYTES = 16;

  private final SecretKeySpec key;

  /** With a new key. */
  SessionAffinity() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, ALGORITHM);
  }

  /** What clients of a host know these upstreams by. */
  Map<String, Upstream> ids(String host, List<Upstream> upstreams) {
    Map<String, Upstream> ids = new HashMap<>();
    upstreams.forEach(upstream -> ids.put(id(host, upstream), upstream));
    return ids;
  }

  private String id(String host, Upstream upstream) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      String where = host + " " + upstream.address() + " " + upstream.release();
      return HexFormat.of().formatHex(mac.doFinal(where.getBytes(UTF_8)), 0, ID_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** The id that a request has. */
  static Optional<String> idIn(HttpFields headers) {
    return headers.getValuesList(HttpHeader.COOKIE).stream()
        .flatMap(cookies -> Stream.of(cookies.split(";", -1)))
        .map(String::strip)
        .filter(cookie -> cookie.startsWith(COOKIE + "="))
        .map(cookie -> cookie.substring(COOKIE.length() + 1))
        .findFirst();
  }

  /** The value of Set-Cookie that tells a client the id of the process that answers. */
  static String cookie(String id, boolean secure) {
    return "%s=%s; Path=/; HttpOnly; SameSite=Lax%s"
        .formatted(COOKIE, id, secure ? "; Secure" : "");
  }
}
