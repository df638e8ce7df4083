package io.platform.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An app gets another name and another namespace, as its user and its visitors see it. */
@Timeout(300)
class RenameIT {
  private static final String SHOP = "shop-admin.localhost";
  private static final String STORE = "store-admin.localhost";

  @TempDir Path directory;

  @Test
  void leavesTheProcessesAndAllThatTheAppHas() throws Exception {
    Path data = directory.resolve("data");
    GitApp shop = GitApp.in(directory.resolve("shop"));
    String token;
    try (Server server = Server.start(data)) {
      token = server.login();
      server.api(token, "POST", "/apps", "{\"name\":\"shop\"}");
      shop.commitPage("page", "hello");
      assertThat(shop.push(server.base(), token, "admin/shop").output())
          .contains("Released v1, running");
      JsonNode before = server.api(token, "GET", "/apps/admin/shop/processes", "").json();

      assertThat(server.api(token, "PATCH", "/apps/admin/shop", "{\"name\":\"store\"}").status())
          .isEqualTo(200);
      server.awaitVisit(STORE, "hello");
      server.awaitVisit(SHOP, " 404 ");
      JsonNode after = server.api(token, "GET", "/apps/admin/store/processes", "").json();
      assertThat(after.get(0).path("since").asText())
          .isNotEmpty()
          .isEqualTo(before.get(0).path("since").asText());
      assertThat(shop.push(server.base(), token, "admin/shop").output())
          .contains(
              "This app is called admin/store now. Lead the remote there:   git remote set-url platform "
                  + server.base()
                  + "/admin/store.git");

      server.api(token, "POST", "/apps", "{\"name\":\"shop\"}");
      GitApp other = GitApp.in(directory.resolve("other"));
      other.commitPage("page", "other");
      assertThat(other.push(server.base(), token, "admin/shop").output())
          .contains("Released v1, running");
      server.kill();
    }
    try (Server server = Server.start(data)) {
      token = server.login();
      server.awaitVisit(STORE, "hello");
      server.awaitVisit(SHOP, "other");
      shop.commitPage("page", "again");
      assertThat(shop.push(server.base(), token, "admin/store").output())
          .contains("Released v2, running");
      server.awaitVisit(STORE, "again");
      assertThat(server.api(token, "DELETE", "/apps/admin/shop?confirm=shop", "").status())
          .isEqualTo(204);
      assertThat(server.visit(STORE, "/page")).contains("again");
      assertThat(shop.remoteMain(server.base(), token, "admin/store")).isNotEmpty();
    }
  }
}
