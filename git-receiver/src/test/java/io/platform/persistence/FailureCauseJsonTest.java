package io.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.domain.BuildFailureCause;
import io.platform.domain.DeployFailureCause;
import io.platform.domain.FailureExamples;
import io.platform.domain.ReleaseFailureCause;
import io.platform.persistence.json.BuildFailureCauseJson;
import io.platform.persistence.json.DeployFailureCauseJson;
import io.platform.persistence.json.ReleaseFailureCauseJson;
import io.platform.slug.BadFormatException;
import io.platform.slug.JsonObject;
import io.platform.slug.SlugProblem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailureCauseJsonTest {
  static Iterable<BuildFailureCause> ofBuilds() {
    return FailureExamples.ofBuilds().values();
  }

  @ParameterizedTest
  @MethodSource("ofBuilds")
  void readsTheCauseOfABuildAsItWasWritten(BuildFailureCause cause) throws Exception {
    JsonObject json = JsonObject.parse(BuildFailureCauseJson.write(cause).toBytes());
    assertThat(BuildFailureCauseJson.read(json)).isEqualTo(cause);
  }

  static Iterable<ReleaseFailureCause> ofReleases() {
    return FailureExamples.ofReleases().values();
  }

  @ParameterizedTest
  @MethodSource("ofReleases")
  void readsTheCauseOfAReleaseAsItWasWritten(ReleaseFailureCause cause) throws Exception {
    JsonObject json = JsonObject.parse(ReleaseFailureCauseJson.write(cause).toBytes());
    assertThat(ReleaseFailureCauseJson.read(json)).isEqualTo(cause);
  }

  static Iterable<DeployFailureCause> ofDeploys() {
    return FailureExamples.ofDeploys().values();
  }

  @ParameterizedTest
  @MethodSource("ofDeploys")
  void readsTheCauseOfADeployAsItWasWritten(DeployFailureCause cause) throws Exception {
    JsonObject json = JsonObject.parse(DeployFailureCauseJson.write(cause).toBytes());
    assertThat(DeployFailureCauseJson.read(json)).isEqualTo(cause);
  }

  @Test
  void isACodeWithParameters() {
    assertThat(text(BuildFailureCauseJson.write(new BuildFailureCause.Canceled("ada@example.com"))))
        .isEqualTo("{\"code\":\"canceled\",\"by\":\"ada@example.com\"}");
  }

  @Test
  void readsWhatAnEarlierVersionStoredOfASlugThatWasNotFetched() throws Exception {
    JsonObject stored =
        new JsonObject().with("code", "slug_not_fetched").with("detail", "no connection");
    assertThat(ReleaseFailureCauseJson.read(stored))
        .isEqualTo(
            new ReleaseFailureCause.SlugNotFetched(new SlugProblem.Described("no connection")));
  }

  @Test
  void refusesACodeThatItDoesNotKnow() {
    assertThatThrownBy(() -> BuildFailureCauseJson.read(new JsonObject().with("code", "x")))
        .isInstanceOf(BadFormatException.class)
        .hasMessageContaining("x");
    assertThatThrownBy(() -> DeployFailureCauseJson.read(new JsonObject().with("code", "x")))
        .isInstanceOf(BadFormatException.class)
        .hasMessageContaining("x");
    assertThatThrownBy(() -> ReleaseFailureCauseJson.read(new JsonObject().with("code", "x")))
        .isInstanceOf(BadFormatException.class)
        .hasMessageContaining("x");
  }

  private static String text(JsonObject json) {
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }
}
