package io.platform.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platform.access.Permissions;
import io.platform.access.Principal;
import io.platform.access.Role;
import io.platform.domain.App;
import io.platform.domain.CertificateLimits;
import io.platform.domain.Infrastructure;
import io.platform.service.AppAccess;
import io.platform.service.AppMoveService;
import io.platform.service.CertificateService;
import io.platform.service.RequestRefused;
import io.platform.support.Client;
import io.platform.support.TestPlatform;
import io.platform.tls.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of domains, and what Kubernetes does not have of that. */
@Timeout(120)
class CertificateApiTest {
  private static final String SHOP = "/api/v1/apps/acme/shop";
  private static final String CERTIFICATES = SHOP + "/certificates";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path data;
  private TestPlatform platform;
  private Client dev;
  private App shop;

  @BeforeEach
  void start() throws IOException {
    platform = new TestPlatform(data);
    dev = new Client(platform, "dev");
    shop = platform.app("shop");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private void domain(String name) throws Exception {
    dev.post(SHOP + "/domains", "{\"name\":\"%s\"}".formatted(name));
  }

  private static ObjectNode body(TestCertificates.Issued issued) {
    return JSON.createObjectNode()
        .put("certificate", issued.chain())
        .put("private_key", issued.key());
  }

  private void assertRefused(int status, String sentence, ObjectNode body) throws Exception {
    Client.Answer refused = dev.post(CERTIFICATES, body.toString());
    assertThat(refused.json().path("detail").asText()).isEqualTo(sentence);
    assertThat(refused.status()).isEqualTo(status);
  }

  @Test
  void addsListsAndRemovesCertificates() throws Exception {
    TestCertificates authority = new TestCertificates(data);
    TestCertificates.Issued issued = authority.issue("EC", "www.example.net", "*.example.org");
    ObjectNode body = body(issued);
    assertRefused(
        422,
        "acme/shop has no domains, and certificates are for domains: add one with `platform domains add`.",
        body);
    domain("shop.example.net");
    assertRefused(
        422,
        "The certificate is for *.example.org, www.example.net, and acme/shop has none of these domains: `platform domains` lists those that it has.",
        body);
    domain("www.example.net");
    domain("api.example.org");
    Client.Answer added = dev.post(CERTIFICATES, body.toString());
    assertThat(added.status()).isEqualTo(201);
    JsonNode all = added.json();
    assertThat(all.findValuesAsText("domain"))
        .containsExactly("api.example.org", "www.example.net");
    assertThat(all.get(0).path("names").toString())
        .isEqualTo("[\"*.example.org\",\"www.example.net\"]");
    assertThat(all.get(0).path("issuer").asText()).isEqualTo("CN=Test Authority");
    assertThat(all.get(0).path("status").asText()).isEqualTo("valid");
    assertThat(all.toString()).doesNotContain("PRIVATE");
    assertThat(dev.get(CERTIFICATES).json()).isEqualTo(all);
    assertThat(dev.get(SHOP + "/events").text())
        .contains("Added a certificate for www.example.net, which expires on ");

    assertThat(dev.delete(CERTIFICATES + "/api.example.org").status()).isEqualTo(204);
    assertThat(dev.delete(CERTIFICATES + "/api.example.org").status()).isEqualTo(404);
    assertThat(dev.get(CERTIFICATES).json().findValuesAsText("domain"))
        .containsExactly("www.example.net");
  }

  @Test
  void refusesWhatCannotBeServed() throws Exception {
    TestCertificates authority = new TestCertificates(data);
    domain("shop.example.net");
    TestCertificates.Issued issued = authority.issue("EC", "-25d", 30, "www.example.net");
    assertRefused(
        422,
        "The certificate is for www.example.net, not for shop.example.net: browsers would refuse it.",
        body(issued).put("domain", "shop.example.net"));
    assertRefused(
        404,
        "acme/shop has no domain www.example.net: `platform domains` lists those that it has.",
        body(issued).put("domain", "www.example.net"));
    assertRefused(
        422,
        "The second file has no private key: it must be in PEM, with a line -----BEGIN PRIVATE KEY-----.",
        body(issued).put("private_key", "x"));
    assertThat(dev.post(CERTIFICATES, "{}").status()).isEqualTo(422);
    assertThat(new Client(platform, "vic").post(CERTIFICATES, body(issued).toString()).status())
        .isEqualTo(403);
    domain("www.example.net");
    assertThat(
            dev.post(CERTIFICATES, body(issued).toString()).json().get(0).path("status").asText())
        .isEqualTo("expiring");
  }

  @Test
  void onKubernetesTheIngressHasCertificatesAndAppsStayInTheirNamespace() {
    AppAccess access = new AppAccess(new Permissions(platform.stores.apps()));
    Principal ann =
        new Principal.User(
            "1",
            "ann@example.com",
            "acme",
            List.of(
                new Principal.Membership("acme", "c", Role.OWNER),
                new Principal.Membership("other", "c", Role.OWNER)));
    CertificateService certificates =
        new CertificateService(
            access,
            platform.stores.certificates(),
            CertificateLimits.defaults(),
            Infrastructure.KUBERNETES,
            InstantSource.system());
    assertThatThrownBy(() -> certificates.list(ann, shop.path()))
        .isInstanceOf(RequestRefused.class)
        .hasMessageStartingWith("On Kubernetes the Ingress has the certificates");
    AppMoveService moves =
        new AppMoveService(access, platform.stores.apps(), Infrastructure.KUBERNETES);
    assertThatThrownBy(() -> moves.transfer(ann, shop.path(), "other"))
        .isInstanceOf(RequestRefused.class)
        .hasMessageStartingWith("On Kubernetes an app cannot move to another namespace");
    assertThat(moves.rename(ann, shop.path(), "store")).hasToString("acme/store");
  }
}
