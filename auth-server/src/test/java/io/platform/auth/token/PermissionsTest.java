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

  private static TokenSubject.User user(boolean admin) throws Exception {
    return new TokenSubject.User(
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
    assertThat(TokenPermissions.scope(List.of())).contains("platform");
    assertThat(TokenPermissions.scope(List.of("platform", "platform"))).contains("platform");
    assertThat(TokenPermissions.scope(List.of("platform", "root"))).isEmpty();
    assertThat(TokenPermissions.scope(List.of(""))).isEmpty();
  }

  @Test
  void takesATokenForWhatItsScopeSays() {
    assertThat(TokenPermissions.mayActForAccount(token("platform"))).isTrue();
    assertThat(TokenPermissions.mayActForAccount(token("a platform"))).isTrue();
    assertThat(TokenPermissions.mayActForAccount(token("platform-a"))).isFalse();
    assertThat(TokenPermissions.mayActForAccount(token(""))).isFalse();
  }

  @Test
  void letsAdministratorsAloneManageAccounts() throws Exception {
    assertThat(TokenPermissions.mayManageAccounts(user(true))).isTrue();
    assertThat(TokenPermissions.mayManageAccounts(user(false))).isFalse();
    assertThat(TokenPermissions.mayManageAccounts(new TokenSubject.Robot("git-receiver")))
        .isFalse();
  }

  @Test
  void letsAClientEndItsOwnTokens() {
    assertThat(TokenPermissions.mayRevoke("platform-cli", token("platform"))).isTrue();
    assertThat(TokenPermissions.mayRevoke("git-receiver", token("platform"))).isFalse();
    assertThat(TokenPermissions.mayLogPeopleIn("git-receiver")).isFalse();
  }
}
