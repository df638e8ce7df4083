package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DomainsTest {
  private FakePlatform server;
  private User user;

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    server = new FakePlatform();
    user = new User(home);
    user.login(server);
    server.app("shop");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void addsDomainsAndSaysWhatToPutIntoDns() {
    assertThat(user.platform("domains", "-a", "shop").err()).contains("platform domains add");
    assertThat(user.platform("domains", "add", "*.example.net", "-a", "shop").out())
        .startsWith(
            """
            -----> *.example.net is a domain of ada/shop
                   DNS  CNAME record to shop-ada.localhost
            """);
    assertThat(user.platform("domains", "-a", "shop").out())
        .isEqualTo(
            """
            DOMAIN         DNS RECORD  TARGET
            *.example.net  CNAME       shop-ada.localhost
            """);
    assertThat(user.platform("domains", "-a", "shop", "--json").out())
        .contains("\"target\" : \"shop-ada.localhost\"");
    assertThat(user.platform("domains", "--names", "-a", "shop").out())
        .isEqualTo("*.example.net\n");
    assertThat(user.platform("domains", "remove", "*.example.net", "-a", "shop").out())
        .isEqualTo("-----> Removed *.example.net from ada/shop\n");
    assertThat(server.domains).isEmpty();
  }

  @Test
  void removesDomainsAndShowsThoseThatAreLeftAsJson() {
    user.platform("domains", "add", "*.example.net", "-a", "shop");
    assertThat(user.platform("domains", "remove", "*.example.net", "-a", "shop", "--json").out())
        .isEqualTo("[ ]\n");
  }

  @Test
  void addsCertificatesFromFiles() throws Exception {
    assertThat(user.platform("certs", "-a", "shop").err()).contains("platform certs add");
    assertThat(user.platform("certs", "add", "none.pem", "key.pem", "-a", "shop").err())
        .contains("none.pem cannot be read: name a file in PEM.")
        .contains("none.pem: there is no such file or directory)");
    Files.writeString(user.directory.resolve("cert.pem"), "certificate\n");
    Files.writeString(user.directory.resolve("key.pem"), "key\n");
    var add =
        user.platform(
            "certs", "add", "cert.pem", "key.pem", "--domain", "www.example.net", "-a", "shop");
    assertThat(add.out())
        .isEqualTo(
            """
            -----> Added the certificate to ada/shop
                   www.example.net  expires on 2026-12-24
            """);
    assertThat(server.lastBody)
        .isEqualTo(
            "{\"certificate\":\"certificate\\n\",\"private_key\":\"key\\n\",\"domain\":\"www.example.net\"}");
    assertThat(user.platform("certs", "-a", "shop").out())
        .isEqualTo(
            """
            DOMAIN           EXPIRES     STATUS  ISSUER
            www.example.net  2026-12-24  valid   CN=Test Authority
            """);
    assertThat(user.platform("certs", "--names", "-a", "shop").out())
        .isEqualTo("www.example.net\n");
    assertThat(user.platform("certs", "-a", "shop", "--json").out()).contains("\"fingerprint\"");
    assertThat(user.platform("certs", "remove", "www.example.net", "-a", "shop").out())
        .isEqualTo("-----> Removed the certificate of www.example.net from ada/shop\n");
    assertThat(server.certificates).isEmpty();
  }

  @Test
  void turnsMaintenanceOnAndOff() {
    assertThat(user.platform("maintenance", "-a", "shop").out()).isEqualTo("off\n");
    var page = "https://example.net/soon.html";
    assertThat(user.platform("maintenance", "on", "--page", page, "-a", "shop").out())
        .isEqualTo("-----> Maintenance of ada/shop is on; its processes run on\n");
    assertThat(user.platform("maintenance", "-a", "shop").out())
        .isEqualTo("on with the page " + page + "\n");
    assertThat(user.platform("maintenance", "off", "-a", "shop").out())
        .isEqualTo("-----> Maintenance of ada/shop is off\n");
    assertThat(user.platform("maintenance", "-a", "shop", "--json").out())
        .contains("\"on\" : false");
  }
}
