package io.platform.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.auth.account.Account;
import io.platform.auth.account.EmailAddress;
import io.platform.auth.account.NamespaceName;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PermissionsTest {

  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  private static TokenClaims token(String scope) {
    return new TokenClaims(
        "https://p.example.com", "a-1", "platform", "c", scope, "platform-cli", 1, "t", NOW, NOW);
  }

  private static Principal.User user(boolean admin) throws Exception {
    return new Principal.User(
        new Account(
            "a-1",
            EmailAddress.of("ann@example.com"),
            "c",
            NamespaceName.of("ann"),
            admin,
            1,
            NOW));
  }

  @Test
  void givesTheOneScopeThatThereIs() {
    assertThat(Permissions.scope(List.of())).contains("platform");
    assertThat(Permissions.scope(List.of("platform", "platform"))).contains("platform");
    assertThat(Permissions.scope(List.of("platform", "root"))).isEmpty();
    assertThat(Permissions.scope(List.of(""))).isEmpty();
  }

  @Test
  void takesATokenForWhatItsScopeSays() {
    assertThat(Permissions.mayActForAccount(token("platform"))).isTrue();
    assertThat(Permissions.mayActForAccount(token("a platform"))).isTrue();
    assertThat(Permissions.mayActForAccount(token("platform-a"))).isFalse();
    assertThat(Permissions.mayActForAccount(token(""))).isFalse();
  }

  @Test
  void letsAdministratorsAloneManageAccounts() throws Exception {
    assertThat(Permissions.mayManageAccounts(user(true))).isTrue();
    assertThat(Permissions.mayManageAccounts(user(false))).isFalse();
    assertThat(Permissions.mayManageAccounts(new Principal.Robot("git-receiver"))).isFalse();
  }

  @Test
  void letsAClientEndItsOwnTokens() {
    assertThat(Permissions.mayRevoke("platform-cli", token("platform"))).isTrue();
    assertThat(Permissions.mayRevoke("git-receiver", token("platform"))).isFalse();
    assertThat(Permissions.mayLogPeopleIn("git-receiver")).isFalse();
  }
}
