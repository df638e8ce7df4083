package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetentionTest {
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

  private void somethingGoes() {
    server.retention.put("bytes", 5_243_392);
    var objects = server.retention.putArray("objects");
    objects
        .addObject()
        .put("build", "b1")
        .put("kind", "source")
        .put("size", 512)
        .put("reason", "old")
        .put("stored_at", "2026-01-02T03:04:05Z");
    objects
        .addObject()
        .put("build", "b1")
        .put("kind", "slug")
        .put("size", 5_242_880)
        .put("reason", "old")
        .put("stored_at", "2026-01-02T03:04:05Z");
    server.retention.putArray("releases").add("v1").add("v2");
  }

  @Test
  void listsWhatWouldGo() {
    somethingGoes();
    var ended = user.platform("retention", "--dry-run", "-a", "shop");

    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .isEqualTo(
            """
            BUILD  KIND    SIZE     STORED               WHY
            b1     source  512 B    2026-01-02 03:04:05  old
            b1     slug    5.0 MiB  2026-01-02 03:04:05  old
            """);
    assertThat(ended.err())
        .isEqualTo(
            """
                   2 objects, 5.0 MiB, would be removed
                   There would be no rollback to v1, v2
            """);
    assertThat(server.requests).contains("GET /api/v1/apps/ada/shop/retention");
  }

  @Test
  void asksWithOtherLimits() {
    var ended =
        user.platform("retention", "--dry-run", "--builds", "3", "--releases", "2", "-a", "shop");

    assertThat(ended.code()).isZero();
    assertThat(ended.err()).contains("Nothing goes");
    assertThat(server.requests).contains("GET /api/v1/apps/ada/shop/retention?builds=3&releases=2");
  }

  @Test
  void removesOnlyWithTheServersLimits() {
    somethingGoes();
    var ended = user.platform("retention", "-a", "shop", "--json");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("\"bytes\" : 5243392");
    assertThat(server.requests).contains("POST /api/v1/apps/ada/shop/retention");

    var refused = user.platform("retention", "--builds", "3", "-a", "shop");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("Nothing was removed", "PLATFORM_KEEP_BUILDS");
  }
}
