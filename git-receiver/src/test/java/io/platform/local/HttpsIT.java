package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.platform.tls.CertificateChain;
import io.platform.tls.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Domains of apps over HTTPS, as visitors see them. */
@Timeout(600)
class HttpsIT {
  private static final String SHOP = "/apps/admin/shop";
  private static final String CERTIFICATES = SHOP + "/certificates";
  private static final String WWW = "www.example.net";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ECHO =
      """
      import http.server, os
      class Echo(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              body = ('proto=%s path=%s' % (self.headers['X-Forwarded-Proto'], self.path)).encode()
              self.send_response(200)
              self.send_header('Content-Length', str(len(body)))
              self.end_headers()
              self.wfile.write(body)
      http.server.ThreadingHTTPServer(('', int(os.environ['PORT'])), Echo).serve_forever()
      """;

  @TempDir Path directory;

  @Test
  void isServedByTheCertificateOfTheDomain() throws Exception {
    Path data = directory.resolve("data");
    Path trusted = directory.resolve("authority.pem");
    TestCertificates authority = new TestCertificates(directory);
    TestCertificates.Issued first = authority.issue("RSA", WWW, "*.example.org");
    Files.writeString(trusted, new CertificateChain(first.certificates().subList(1, 2)).toPem());
    try (Server server = Server.startWithHttps(data)) {
      String token = server.login();
      server.api(token, "POST", "/apps", "{\"name\":\"shop\"}");
      GitApp shop = GitApp.in(directory.resolve("shop"));
      shop.write("Procfile", "web: exec python3 echo.py\n");
      shop.write("echo.py", ECHO);
      shop.commit("echo");
      assertThat(shop.push(server.base(), token, "admin/shop").output())
          .contains("Released v1, running");
      server.api(token, "POST", SHOP + "/domains", "{\"name\":\"" + WWW + "\"}");
      server.api(token, "POST", SHOP + "/domains", "{\"name\":\"*.example.org\"}");
      awaitPlain(server, WWW, "proto=http path=/");
      assertThat(server.visitSecurely(WWW, "/", trusted)).startsWith("curl: (35)");

      assertThat(add(server, token, first, Optional.empty()).status()).isEqualTo(201);
      assertThat(server.visitSecurely(WWW, "/a?b=c", trusted))
          .contains(" 200 ", "proto=https path=/a?b=c");
      assertThat(server.visitSecurely("any.example.org", "/", trusted)).contains("proto=https");
      assertThat(server.visitSecurely("shop-admin.localhost", "/", trusted))
          .startsWith("curl: (35)");

      assertThat(
              server
                  .api(token, "PUT", SHOP + "/features/force-https", "{\"enabled\":true}")
                  .status())
          .isEqualTo(200);
      awaitPlain(server, WWW, "Location: https://" + WWW + ":" + server.tlsPort() + "/page?x=1");
      assertThat(server.visitSecurely(WWW, "/page?x=1", trusted)).contains("proto=https");
      assertThat(server.visit("shop-admin.localhost", "/page")).contains("proto=http ");

      // Another certificate takes its place while the server runs.
      TestCertificates.Issued second = authority.issue("EC", WWW);
      assertThat(add(server, token, second, Optional.of(WWW)).status()).isEqualTo(201);
      assertThat(server.visitSecurely(WWW, "/", trusted)).contains("proto=https");
      assertThat(served(server)).contains("EC");
      server.api(token, "DELETE", CERTIFICATES + "/*.example.org", "");
      assertThat(server.visitSecurely("any.example.org", "/", trusted)).startsWith("curl: (35)");
      server.kill();
    }
    try (Server server = Server.startWithHttps(data)) {
      String token = server.login();
      while (!server.visitSecurely(WWW, "/", trusted).contains("proto=https")) {
        Thread.onSpinWait();
      }
      server.api(token, "DELETE", SHOP + "/domains/" + WWW, "");
      assertThat(server.visitSecurely(WWW, "/", trusted)).startsWith("curl: (35)");
      assertThat(server.api(token, "GET", CERTIFICATES, "").body()).isEqualTo("[]");
    }
  }

  private static Server.Answer add(
      Server server, String token, TestCertificates.Issued issued, Optional<String> domain)
      throws Exception {
    Map<String, String> body =
        domain
            .map(it ->
                Map.of("certificate", issued.chain(), "private_key", issued.key(), "domain", it))
            .orElseGet(() -> Map.of("certificate", issued.chain(), "private_key", issued.key()));
    return server.api(token, "POST", CERTIFICATES, JSON.writeValueAsString(body));
  }

  /** The kind of the key with which the domain is served. */
  private static String served(Server server) throws Exception {
    return ServedKey.of(WWW, server.tlsPort());
  }

  private static void awaitPlain(Server server, String host, String answer) throws Exception {
    while (!server.visit(host, "/page?x=1").contains(answer.replace("path=/", "path=/page"))) {
      Thread.onSpinWait();
    }
  }
}
