package io.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An auth server over real HTTP, as far as a resource server sees one; its tests make it go wrong.
 */
final class OauthServer implements AutoCloseable {
  static final String CLIENT = "git-receiver";
  static final String SECRET = "s3cret/+:%";

  final AtomicInteger keyRequests = new AtomicInteger();
  final AtomicInteger introspections = new AtomicInteger();
  final Set<String> revoked = ConcurrentHashMap.newKeySet();
  final List<ECKey> keys = new CopyOnWriteArrayList<>();
  final CountDownLatch released = new CountDownLatch(1);

  /** So many requests are answered by a server that stops, before others. */
  final AtomicInteger toOneThatStops = new AtomicInteger();

  /** So many requests go to a server that is not there any more, before others. */
  final AtomicInteger toOneThatIsGone = new AtomicInteger();

  volatile boolean down;
  volatile boolean hangs;
  volatile String answer = "";
  volatile String keysAnswer = "";
  volatile String role = "developer";

  private final HttpServer http;

  OauthServer() throws IOException, JOSEException {
    keys.add(newKey("k1"));
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::handle);
    http.start();
  }

  static ECKey newKey(String id) throws JOSEException {
    return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
  }

  URI issuer() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  AuthServerConfig config() {
    return new AuthServerConfig(issuer(), CLIENT, SECRET);
  }

  JWTClaimsSet.Builder claims() {
    Date now = Date.from(Instant.now());
    return new JWTClaimsSet.Builder()
        .issuer(issuer().toString())
        .subject("account-1")
        .audience("platform")
        .issueTime(now)
        .notBeforeTime(now)
        .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
        .jwtID("token-1");
  }

  String token() throws JOSEException {
    return sign(keys.getFirst(), "at+jwt", claims().build());
  }

  static String sign(ECKey key, String type, JWTClaimsSet claims) throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(type))
                .keyID(key.getKeyID())
                .build(),
            claims);
    jwt.sign(new ECDSASigner(key));
    return jwt.serialize();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      if (hangs || toOneThatIsGone.getAndUpdate(OauthServer::oneLess) > 0) {
        released.await();
        return;
      }
      if (down || toOneThatStops.getAndUpdate(OauthServer::oneLess) > 0) {
        send(exchange, 503, "");
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/.well-known/oauth-authorization-server" ->
            send(
                exchange,
                200,
                """
                {"issuer":"%1$s","jwks_uri":"%1$s/oauth/jwks","introspection_endpoint":"%1$s/oauth/introspect"}
                """
                    .formatted(issuer()));
        case "/oauth/jwks" -> {
          keyRequests.incrementAndGet();
          send(
              exchange,
              200,
              keysAnswer.isEmpty() ? new JWKSet(List.copyOf(keys)).toString() : keysAnswer);
        }
        case "/oauth/introspect" -> introspect(exchange, body);
        default -> send(exchange, 404, "");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int oneLess(int count) {
    return Math.max(0, count - 1);
  }

  private void introspect(HttpExchange exchange, String body) throws IOException {
    introspections.incrementAndGet();
    if (!clientIsKnown(exchange)) {
      send(exchange, 401, "");
      return;
    }
    String token = parameter(body, "token");
    if (!answer.isEmpty()) {
      send(exchange, 200, answer);
    } else if (revoked.contains(token)) {
      send(exchange, 200, "{\"active\":false}");
    } else {
      send(
          exchange,
          200,
          """
          {"active":true,"sub":"account-1","username":"ada@example.com","namespace":"ada","namespaces":[
           {"name":"ada","customer":"c1","role":"owner"},
           {"name":"acme","customer":"c2","role":"%s"}]}
          """
              .formatted(role));
    }
  }

  private static String parameter(String body, String name) {
    return Arrays.stream(body.split("&", -1))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), UTF_8))
        .findFirst()
        .orElseThrow();
  }

  private static boolean clientIsKnown(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    String pair =
        new String(Base64.getDecoder().decode(header.substring("Basic ".length())), UTF_8);
    int colon = pair.indexOf(':');
    return URLDecoder.decode(pair.substring(0, colon), UTF_8).equals(CLIENT)
        && URLDecoder.decode(pair.substring(colon + 1), UTF_8).equals(SECRET);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    released.countDown();
    http.stop(0);
  }
}
