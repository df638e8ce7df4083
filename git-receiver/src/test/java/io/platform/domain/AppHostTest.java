package io.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AppHostTest {
  @Test
  void isNameAndNamespaceAndANumberWhereThatIsTaken() {
    AppPath shop = new AppPath("acme", "shop");
    assertThat(AppHost.label(shop, 1)).isEqualTo("shop-acme");
    assertThat(AppHost.label(shop, 2)).isEqualTo("shop-acme-2");
    assertThat(AppHost.label(shop, 10)).isEqualTo("shop-acme-10");
  }

  @Test
  void isNeverLongerThanALabelOfDns() {
    AppPath longest = new AppPath("n".repeat(30), "a".repeat(30));
    assertThat(AppHost.label(longest, 1)).hasSize(61);
    assertThat(AppHost.label(longest, 12)).hasSize(63).endsWith("n-12");
  }
}
