package io.platform.git.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.git.push.RefCollision.Ambiguous;
import io.platform.git.push.RefCollision.Blocking;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefCollisionTest {
  private static final Optional<String> NOT_SETTLED = Optional.empty();
  private static final Optional<String> MAIN = Optional.of("refs/heads/main");
  private static final Optional<String> LIVE = Optional.of("refs/heads/team/live");

  @ParameterizedTest
  @CsvSource({
    "refs/tags/main,main",
    "refs/tags/master,master",
    "refs/main,main",
    "refs/remotes/main,main",
    "refs/remotes/main/HEAD,main",
    "refs/heads/heads/main,heads/main",
    "refs/tags/heads/master,heads/master",
    "refs/heads/refs/heads/main,refs/heads/main",
    "refs/refs/heads/main,refs/heads/main",
    "refs/tags/refs/heads/main,refs/heads/main",
    "refs/heads/HEAD,HEAD",
    "refs/tags/HEAD,HEAD"
  })
  void findsWhatGitTakesForTheBranch(String ref, String shortName) {
    assertThat(RefCollision.of(ref, NOT_SETTLED)).contains(new Ambiguous(shortName));
    assertThat(RefCollision.of(ref, MAIN)).contains(new Ambiguous(shortName));
    assertThat(RefCollision.of(ref, LIVE)).contains(new Ambiguous(shortName));
  }

  @ParameterizedTest
  @ValueSource(strings = {"refs/tags/team/live", "refs/heads/heads/team/live", "refs/team/live"})
  void findsThoseOfTheAppsOwnBranch(String ref) {
    assertThat(RefCollision.of(ref, LIVE)).containsInstanceOf(Ambiguous.class);
    assertThat(RefCollision.of(ref, MAIN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"refs/heads/main/x,refs/heads/main", "refs/heads/master/a/b,refs/heads/master"})
  void findsWhatCannotBeBesideABranchThatMayBecomeTheDeployBranch(String ref, String branch) {
    assertThat(RefCollision.of(ref, NOT_SETTLED)).contains(new Blocking(branch));
    assertThat(RefCollision.of(ref, LIVE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"refs/heads/team", "refs/heads/team/live/x"})
  void findsWhatCannotBeBesideTheAppsOwnBranch(String ref) {
    assertThat(RefCollision.of(ref, LIVE)).contains(new Blocking("refs/heads/team/live"));
    assertThat(RefCollision.of(ref, MAIN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refs/heads/main",
        "refs/heads/master",
        "refs/heads/feature/main",
        "refs/heads/maintenance",
        "refs/tags/v1",
        "refs/tags/main-2",
        "refs/remotes/origin/main",
        "refs/remotes/origin/HEAD",
        "refs/notes/commits",
        "refs/meta/config"
      })
  void letsOthersBe(String ref) {
    assertThat(RefCollision.of(ref, NOT_SETTLED)).isEmpty();
    assertThat(RefCollision.of(ref, MAIN)).isEmpty();
  }
}
