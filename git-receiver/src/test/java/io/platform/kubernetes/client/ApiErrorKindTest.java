package io.platform.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.platform.failure.FailureMessages;
import io.platform.failure.ProgressMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers are those of Kubernetes 1.34. */
class ApiErrorKindTest {
  private static final String EXCEEDED =
      "pods \"build-x\" is forbidden: exceeded quota: platform, requested: pods=1, used: pods=2, limited: pods=2";

  private static Status status(int code, String message) {
    return new StatusBuilder().withCode(code).withReason("Any").withMessage(message).build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | the body of the request was in an unknown format | INVALID
          403 | pods is forbidden: User "x" cannot create resource "pods" in API group "" in the namespace "y" | FORBIDDEN
          403 | pods "b" is forbidden: exceeded quota: platform, requested: pods=1, used: pods=2, limited: pods=2 | QUOTA_EXCEEDED
          403 | pods "b" is forbidden: status unknown for quota: platform, resources: pods | QUOTA_NOT_COUNTED
          404 | namespaces "y" not found | GONE
          409 | pods "b" already exists | CONFLICT
          422 | Pod "b" is invalid: spec.containers: Required value | INVALID
          429 | Too many requests, please try again later. | PASSING
          500 | etcdserver: leader changed | PASSING
          """)
  void tellsAnswersApart(int code, String message, ApiErrorKind kind) {
    assertThat(ApiErrorKind.of(new KubernetesClientException(status(code, message))))
        .isEqualTo(kind);
  }

  @Test
  void knowsANamespaceThatIsBeingRemovedByTheCodeOfTheCause() {
    Status refused =
        new StatusBuilder(status(403, "pods \"b\" is forbidden: anything"))
            .withNewDetails()
            .addNewCause()
            .withReason("NamespaceTerminating")
            .withField("metadata.namespace")
            .endCause()
            .endDetails()
            .build();
    assertThat(ApiErrorKind.of(new KubernetesClientException(refused)))
        .isEqualTo(ApiErrorKind.GONE);
  }

  @Test
  void aServerThatDoesNotAnswerIsTriedAgain() {
    assertThat(ApiErrorKind.of(new KubernetesClientException("connection refused")))
        .isEqualTo(ApiErrorKind.PASSING);
  }

  @Test
  void quotesTheQuotaAlone() {
    assertThat(ProgressMessages.of(StartDelays.quota(EXCEEDED)))
        .isEqualTo(
            "Waiting for room in the namespace's quota: exceeded quota: platform, requested: pods=1, used: pods=2, limited: pods=2");
    assertThat(FailureMessages.of(PodFailureCauses.refused(EXCEEDED)))
        .startsWith("The namespace's quota is used up: exceeded quota: platform, ");
    assertThat(
            FailureMessages.of(
                PodFailureCauses.refused("pods \"b\" is forbidden: denied by policy")))
        .startsWith(
            "Kubernetes refuses the app's pods: pods \"b\" is forbidden: denied by policy.");
  }

  @ParameterizedTest
  @CsvSource({
    "ErrImagePull, its image cannot be pulled",
    "RegistryUnavailable, its image cannot be pulled",
    "CreateContainerConfigError, its container cannot be made"
  })
  void tellsWhyAPodCannotStart(String reason, String words) {
    assertThat(ProgressMessages.of(StartDelays.stuck(reason, "no")))
        .isEqualTo(
            "Kubernetes cannot start the pod: %s (%s: no). It tries again"
                .formatted(words, reason));
  }
}
