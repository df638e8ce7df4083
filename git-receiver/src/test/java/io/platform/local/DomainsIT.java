package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Domains of an app's own, and its maintenance, as visitors see them. */
@Timeout(300)
class DomainsIT {
  private static final String HOST = "shop-admin.localhost";
  private static final String SHOP = "/apps/admin/shop";

  @TempDir Path directory;

  @Test
  void leadVisitorsToTheAppUnlessItIsInMaintenance() throws Exception {
    try (Server server = Server.start(directory.resolve("data"))) {
      String token = server.login();
      server.api(token, "POST", "/apps", "{\"name\":\"shop\"}");
      GitApp shop = GitApp.in(directory.resolve("shop"));
      shop.write("Procfile", "web: exec python3 -m http.server $PORT\n");
      shop.commitPage("page", "hello");
      assertThat(shop.push(server.base(), token, "admin/shop").output())
          .contains("Released v1, running");

      assertThat(server.visit("www.example.net", "/page")).contains(" 421 ");
      server.api(token, "POST", SHOP + "/domains", "{\"name\":\"www.example.net\"}");
      server.api(token, "POST", SHOP + "/domains", "{\"name\":\"*.example.org\"}");
      server.awaitVisit("www.example.net", "hello");
      server.awaitVisit("any.example.org", "hello");
      assertThat(server.visit("a.b.example.org", "/page")).contains(" 421 ");

      server.api(token, "PUT", SHOP + "/maintenance", "{}");
      server.awaitVisit(HOST, "The app is in maintenance");
      assertThat(server.visit("any.example.org", "/page"))
          .contains(" 503 ", "The app is in maintenance", "Retry-After: 10");
      assertThat(server.api(token, "GET", SHOP + "/processes", "").json().get(0).path("status"))
          .hasToString("\"up\"");

      server.api(token, "DELETE", SHOP + "/maintenance", "");
      server.api(token, "DELETE", SHOP + "/domains/www.example.net", "");
      server.awaitVisit(HOST, "hello");
      server.awaitVisit("www.example.net", " 421 ");
      assertThat(server.visit("any.example.org", "/page")).contains("hello");
    }
  }
}
