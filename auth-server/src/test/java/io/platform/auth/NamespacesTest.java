package io.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.auth.RunningAuth.Answer;
import io.platform.auth.account.AccountRefused;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
final class NamespacesTest {

  private static final String SHOP = "/auth/v1/namespaces/shop/members";

  private final TestDatabase database;
  @TempDir Path directory;
  private RunningAuth server;
  private String jane = "";
  private String joe = "";

  NamespacesTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void start() throws AccountRefused {
    server = RunningAuth.in(database, directory);
    jane = server.newUser("jane@example.com");
    joe = server.newUser("joe@example.com");
    assertThat(create(jane, "shop").status()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void belongsToItsMakersCustomer() {
    Answer listed = server.get("/auth/v1/namespaces", jane);

    assertThat(listed.json().findValuesAsText("name")).containsExactly("jane", "shop");
    assertThat(listed.json().findValuesAsText("role")).containsExactly("owner", "owner");
    assertThat(listed.json().findValuesAsText("customer"))
        .containsOnly(server.introspect(jane).text("customer"));
  }

  @Test
  void isUniqueInTheInstallation() {
    assertThat(create(joe, "shop").status()).isEqualTo(409);
    assertThat(create(joe, "admin").status()).isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-a",
        "a-",
        "1a",
        "A",
        "a_b",
        "a.b",
        "oauth",
        "healthz",
        "abcdefghijklmnopqrstuvwxyzabcde"
      })
  void hasANameThatFitsUrlsAndHosts(String name) {
    assertThat(create(joe, name).status()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a-b", "a1", "abcdefghijklmnopqrstuvwxyzabcd"})
  void takesAnyOtherName(String name) {
    assertThat(create(joe, name).status()).isEqualTo(201);
  }

  @Test
  void showsANewRoleAtTheNextIntrospection() {
    assertThat(roleOfJoe()).isEmpty();

    assertThat(grant(jane, "joe@example.com", "viewer").status()).isEqualTo(200);
    assertThat(roleOfJoe()).isEqualTo("viewer");
    grant(jane, "JOE@example.com", "developer");
    assertThat(roleOfJoe()).isEqualTo("developer");
    assertThat(server.delete(SHOP + "/joe@example.com", jane).status()).isEqualTo(204);
    assertThat(roleOfJoe()).isEmpty();
  }

  @Test
  void listsItsMembersToOwners() {
    grant(jane, "joe@example.com", "developer");

    assertThat(server.get(SHOP, jane).response().body())
        .isEqualTo(
            "[{\"email\":\"jane@example.com\",\"role\":\"owner\"},{\"email\":\"joe@example.com\",\"role\":\"developer\"}]");
    assertThat(server.get(SHOP, joe).status()).isEqualTo(403);
  }

  @Test
  void letsOnlyOwnersChangeMembers() {
    for (String role : new String[] {"viewer", "developer"}) {
      grant(jane, "joe@example.com", role);
      assertThat(grant(joe, "joe@example.com", "owner").status()).isEqualTo(403);
      assertThat(grant(joe, "admin@localhost", "viewer").status()).isEqualTo(403);
      assertThat(server.delete(SHOP + "/jane@example.com", joe).status()).isEqualTo(403);
    }
    grant(jane, "joe@example.com", "owner");
    assertThat(grant(joe, "admin@localhost", "viewer").status()).isEqualTo(200);
  }

  @Test
  void doesNotExistForOthers() {
    Answer hidden = server.get(SHOP, joe);
    Answer absent = server.get(SHOP.replace("shop", "absent"), joe);

    assertThat(hidden.status()).isEqualTo(404);
    assertThat(absent.status()).isEqualTo(404);
    assertThat(hidden.text("detail").replace("shop", "absent")).isEqualTo(absent.text("detail"));
    assertThat(grant(joe, "joe@example.com", "owner").status()).isEqualTo(404);
    assertThat(server.delete(SHOP + "/joe@example.com", joe).status()).isEqualTo(404);
    assertThat(server.delete(SHOP + "/jane@example.com", joe).status()).isEqualTo(404);
  }

  @Test
  void keepsALastOwner() {
    grant(jane, "joe@example.com", "developer");

    assertThat(server.delete(SHOP + "/jane@example.com", jane).status()).isEqualTo(409);
    assertThat(grant(jane, "jane@example.com", "viewer").status()).isEqualTo(409);
    grant(jane, "joe@example.com", "owner");
    assertThat(server.delete(SHOP + "/jane@example.com", jane).status()).isEqualTo(204);
    assertThat(server.get(SHOP, jane).status()).isEqualTo(404);
  }

  @Test
  void keepsALastOwnerWhenTwoRemoveEachOtherAtOnce() throws Exception {
    grant(jane, "joe@example.com", "owner");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> one = threads.submit(() -> server.delete(SHOP + "/joe@example.com", jane));
      Future<Answer> other = threads.submit(() -> server.delete(SHOP + "/jane@example.com", joe));

      assertThat(List.of(one.get().status(), other.get().status()))
          .containsExactlyInAnyOrder(204, 404);
    }
  }

  @Test
  void staysTheOwnNamespaceOfItsUser() {
    String members = "/auth/v1/namespaces/jane/members/";
    server.call("PUT", members + "joe@example.com", jane, "{\"role\":\"owner\"}");

    assertThat(server.delete(members + "jane@example.com", joe).status()).isEqualTo(409);
    assertThat(
            server.call("PUT", members + "jane@example.com", joe, "{\"role\":\"viewer\"}").status())
        .isEqualTo(409);
  }

  @Test
  void isLeftByMembersThemselves() {
    grant(jane, "joe@example.com", "viewer");

    assertThat(server.delete(SHOP + "/joe@example.com", joe).status()).isEqualTo(204);
    assertThat(roleOfJoe()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithAMemberOrRole() {
    assertThat(grant(jane, "nobody@example.com", "viewer").status()).isEqualTo(404);
    assertThat(grant(jane, "joe@example.com", "king").status()).isEqualTo(422);
    assertThat(server.call("PUT", SHOP + "/joe@example.com", jane, "{}").status()).isEqualTo(400);
    assertThat(server.delete(SHOP + "/joe@example.com", jane).status()).isEqualTo(404);
  }

  @Test
  void takesAddressesWithAPlusSign() {
    server.newUser("ann+work@example.com");

    assertThat(grant(jane, "ann+work@example.com", "viewer").status()).isEqualTo(200);
    assertThat(grant(jane, "ann%2Bwork%40example.com", "developer").text("email"))
        .isEqualTo("ann+work@example.com");
  }

  private String roleOfJoe() {
    for (var namespace : server.introspect(joe).json().path("namespaces")) {
      if (namespace.path("name").asText().equals("shop")) {
        return namespace.path("role").asText();
      }
    }
    return "";
  }

  private Answer create(String token, String name) {
    return server.call("POST", "/auth/v1/namespaces", token, "{\"name\":\"%s\"}".formatted(name));
  }

  private Answer grant(String token, String email, String role) {
    return server.call("PUT", SHOP + "/" + email, token, "{\"role\":\"%s\"}".formatted(role));
  }

  @Test
  void aDestroyedNamespaceIsGoneForAllAndTakenForOthers() {
    server.call("POST", "/auth/v1/namespaces", jane, "{\"name\":\"acme\"}");
    server.call(
        "PUT", "/auth/v1/namespaces/acme/members/joe@example.com", jane, "{\"role\":\"viewer\"}");

    assertThat(server.delete("/auth/v1/namespaces/acme", joe).status()).isEqualTo(403);
    assertThat(server.delete("/auth/v1/namespaces/acme", jane).status()).isEqualTo(204);

    assertThat(server.get("/auth/v1/namespaces", jane).response().body()).doesNotContain("acme");
    assertThat(server.get("/auth/v1/namespaces", joe).response().body()).doesNotContain("acme");
    assertThat(server.delete("/auth/v1/namespaces/acme", jane).status()).isEqualTo(404);
    assertThat(server.call("POST", "/auth/v1/namespaces", joe, "{\"name\":\"acme\"}").status())
        .isEqualTo(409);
    assertThat(server.call("POST", "/auth/v1/namespaces", jane, "{\"name\":\"acme\"}").status())
        .as("its customer may make it again")
        .isEqualTo(201);
  }

  @Test
  void anAccountsOwnNamespaceStays() {

    assertThat(server.delete("/auth/v1/namespaces/jane", jane).status()).isEqualTo(409);
    assertThat(server.get("/auth/v1/namespaces/jane/members", jane).status()).isEqualTo(200);
  }
}
