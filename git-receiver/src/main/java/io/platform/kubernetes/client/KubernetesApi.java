package io.platform.kubernetes.client;

import dev.failsafe.RetryPolicy;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.platform.commons.retry.Retry;
import io.platform.commons.retry.RetryPolicies;
import io.platform.kubernetes.desired.Labels;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The requests that the platform sends to the API server, each repeatable. */
public final class KubernetesApi {
  /** Until a right that was just given is known to every API server. */
  private static final RetryPolicy<Object> UNTIL_ALLOWED =
      RetryPolicies.propagation(Duration.ofSeconds(15))
          .handleIf(KubernetesApi::isForbidden)
          .build();

  private final KubernetesClient client;
  private final ApiServerHealth health;

  /** Asks through a client that tells the health check how its requests end. */
  public KubernetesApi(KubernetesClient client, ApiServerHealth health) {
    this.client = client;
    this.health = health;
  }

  public KubernetesClient client() {
    return client;
  }

  public ApiServerHealth health() {
    return health;
  }

  /**
   * Server-side apply as the platform: its fields become so, whoever changed them; all other fields
   * stay as they are. Force is what the API's documentation asks of controllers
   * (kubernetes.io/docs/reference/using-api/server-side-apply).
   */
  public <T extends HasMetadata> T apply(T object) {
    return client.resource(object).fieldManager(Labels.PLATFORM).forceConflicts().serverSideApply();
  }

  /** Creates the object, unless there is one of its name. */
  public <T extends HasMetadata> boolean create(T object) {
    try {
      client.resource(object).create();
      return true;
    } catch (KubernetesClientException e) {
      if (ApiErrorKind.of(e) == ApiErrorKind.CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  public <T extends HasMetadata> Optional<T> find(T object) {
    return Optional.ofNullable(client.resource(object).get());
  }

  /** Deletes; what it owns goes in the background. */
  public void delete(HasMetadata object) {
    client.resource(object).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
  }

  /** Waits until there is no object of this name and identity any more. */
  public <T extends HasMetadata> void awaitGone(Resource<T> resource, String uid, Duration limit) {
    resource.waitUntilCondition(
        now -> now == null || !now.getMetadata().getUid().equals(uid),
        limit.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private static boolean isForbidden(Throwable failure) {
    return failure instanceof KubernetesClientException e
        && ApiErrorKind.of(e) == ApiErrorKind.FORBIDDEN;
  }

  /** Does what was allowed a moment ago: it may take a little until the API server knows. */
  static <T> T onceAllowed(Supplier<T> action) {
    try {
      return Retry.call(UNTIL_ALLOWED, action::get);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a right", e);
    }
  }
}
