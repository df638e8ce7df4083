package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
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
    HttpServer pages = pages();
    try (Server server =
        Server.launch(
            directory.resolve("data"), Map.of("PLATFORM_PAGE_PRIVATE_ADDRESSES", "true"))) {
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

      String page = "http://127.0.0.1:%d/".formatted(pages.getAddress().getPort());
      Server.Answer own =
          server.api(token, "PUT", SHOP + "/maintenance", "{\"page\":\"%s\"}".formatted(page));
      assertThat(own.status()).as(own.body()).isEqualTo(200);
      assertThat(server.visit(HOST, "/page", "text/html"))
          .contains(" 503 ", "text/html", "<p>Back at noon</p>");

      server.api(token, "DELETE", SHOP + "/maintenance", "");
      server.api(token, "DELETE", SHOP + "/domains/www.example.net", "");
      server.awaitVisit(HOST, "hello");
      server.awaitVisit("www.example.net", " 421 ");
      assertThat(server.visit("any.example.org", "/page")).contains("hello");
    } finally {
      pages.stop(0);
    }
  }

  /** A server of pages that is not on the public internet. */
  private static HttpServer pages() throws IOException {
    HttpServer pages =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    pages.createContext(
        "/",
        exchange -> {
          byte[] html = "<p>Back at noon</p>".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, html.length);
          exchange.getResponseBody().write(html);
          exchange.close();
        });
    pages.start();
    return pages;
  }
}
