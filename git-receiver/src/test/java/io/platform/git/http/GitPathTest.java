package io.platform.git.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.AppPath;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "info/refs",
        "git-upload-pack",
        "git-receive-pack",
        "HEAD",
        "objects/info/packs",
        "info/lfs/objects/batch",
        "info/lfs"
      })
  void takesWhatGitClientsAskFor(String service) {
    assertThat(GitPath.parse("/acme/shop.git/" + service))
        .contains(new GitPath(Optional.of(new AppPath("acme", "shop")), service));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/acme/shop",
        "/api/v1/apps",
        "/acme/shop.git/config",
        "/a/b/shop.git/config",
        "/acme/shop/config",
        "/acme/info/refs.txt",
        "/shop.git/HEAD"
      })
  void leavesOtherPathsToOthers(String path) {
    assertThat(GitPath.parse(path)).isEmpty();
  }

  @Test
  void takesPathsOfManyParts() {
    String parts = "/a".repeat(100_000);
    assertThat(GitPath.parse(parts + "/info/refs").orElseThrow().app()).isEmpty();
    assertThat(GitPath.parse(parts)).isEmpty();
  }

  @Test
  void takesNamesThatCanBeNoAppsAsHidden() {
    assertThat(GitPath.parse("/../shop.git/info/refs").orElseThrow().app()).isEmpty();
    assertThat(GitPath.parse("/acme/..git/info/refs").orElseThrow().app()).isEmpty();
    assertThat(GitPath.parse("/acme/%2e%2e.git/info/refs").orElseThrow().app()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/acme/shop/info/refs",
        "//acme/shop.git/info/refs",
        "/acme//shop.git//info/refs",
        "/acme/shop//info/refs"
      })
  void takesTheWaysInWhichPeopleWriteARemote(String path) {
    assertThat(GitPath.parse(path))
        .contains(new GitPath(Optional.of(new AppPath("acme", "shop")), "info/refs"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/shop.git/info/refs", "/info/refs", "/a/b/shop.git/git-receive-pack"})
  void takesRemotesThatCanBeNoApps(String path) {
    assertThat(GitPath.parse(path).orElseThrow().app()).isEmpty();
  }
}
