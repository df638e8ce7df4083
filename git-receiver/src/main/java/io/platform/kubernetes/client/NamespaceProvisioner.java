package io.platform.kubernetes.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.platform.domain.App;
import io.platform.kubernetes.desired.InstallationId;
import io.platform.kubernetes.desired.Labels;
import io.platform.kubernetes.desired.NamespaceObjects;
import io.platform.kubernetes.desired.NamespaceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates users' namespaces on first use, and checks them regularly. */
public final class NamespaceProvisioner {
  private static final Logger LOG = LoggerFactory.getLogger(NamespaceProvisioner.class);

  /** How long objects that were found are not checked again. */
  private static final Duration TRUST = Duration.ofMinutes(10);

  /** Until the quota is counted for the first time; before, Kubernetes refuses every pod. */
  private static final Duration COUNTED = Duration.ofSeconds(5);

  private final KubernetesApi kubernetes;
  private final InstallationId installation;
  private final NamespaceObjects objects;
  private final Optional<Path> pullConfig;
  private final Cache<String, Boolean> ready;

  public NamespaceProvisioner(
      KubernetesApi kubernetes,
      InstallationId installation,
      NamespaceSettings settings,
      InstantSource clock) {
    this.kubernetes = kubernetes;
    this.installation = installation;
    this.objects = new NamespaceObjects(installation, settings);
    this.pullConfig = settings.pullConfig();
    this.ready =
        Caffeine.newBuilder()
            .expireAfterWrite(TRUST)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /**
   * Runs an action in the app's Kubernetes namespace. Creates the namespace and its objects first,
   * unless that was done a short while ago; where the action then finds them missing, creates them
   * again and repeats the action.
   *
   * @throws Foreign where there is one of this name that is not this installation's
   */
  public <T> T within(App app, Supplier<T> action) throws Foreign {
    String name = installation.namespaceOf(app);
    if (ready.getIfPresent(name) != null) {
      try {
        return action.get();
      } catch (KubernetesClientException e) {
        ApiErrorKind why = ApiErrorKind.of(e);
        if (why != ApiErrorKind.GONE && why != ApiErrorKind.FORBIDDEN) {
          throw e;
        }
        LOG.info("the namespace {} is not as it was: {}", name, ApiErrorKind.message(e));
        ready.invalidate(name);
      }
    }
    make(name, app);
    ready.put(name, true);
    return action.get();
  }

  private void make(String name, App app) throws Foreign {
    Namespace wanted = objects.namespace(app);
    Optional<Namespace> there = kubernetes.find(wanted);
    if (installation.isPlatform(name) || there.filter(this::foreign).isPresent()) {
      throw new Foreign(name);
    }
    if (there.isEmpty()) {
      kubernetes.create(wanted);
    }
    for (HasMetadata object : objects.inside(app, pullConfig())) {
      HasMetadata made = KubernetesApi.onceAllowed(() -> kubernetes.apply(object));
      if (there.isEmpty() && made instanceof ResourceQuota quota) {
        awaitCounted(quota);
      }
    }
    // Last: the right to change a namespace is one that is given in it.
    KubernetesApi.onceAllowed(() -> kubernetes.apply(wanted));
    if (there.isEmpty()) {
      LOG.info("made the namespace {}", name);
    }
  }

  /** As it is now: who renews the login changes the file. */
  private Optional<String> pullConfig() {
    return pullConfig
        .filter(Files::exists)
        .map(file -> {
          try {
            return Files.readString(file);
          } catch (IOException e) {
            throw new UncheckedIOException(
                "the login of the images' registry cannot be read from " + file, e);
          }
        });
  }

  private boolean foreign(Namespace there) {
    Map<String, String> labels = there.getMetadata().getLabels();
    return labels == null || !labels.entrySet().containsAll(Labels.own(installation).entrySet());
  }

  private void awaitCounted(ResourceQuota quota) {
    try {
      kubernetes
          .client()
          .resource(quota)
          .waitUntilCondition(
              now ->
                  now != null
                      && now.getStatus() != null
                      && now.getStatus().getHard() != null
                      && !now.getStatus().getHard().isEmpty(),
              COUNTED.toMillis(),
              TimeUnit.MILLISECONDS);
    } catch (KubernetesClientTimeoutException e) {
      LOG.warn("the quota of {} is not counted yet", quota.getMetadata().getNamespace());
    }
  }

  /** A namespace of this name is somebody else's. */
  public static final class Foreign extends Exception {
    private static final long serialVersionUID = 1L;

    private final String namespace;

    private Foreign(String namespace) {
      super("the namespace %s is not this installation's".formatted(namespace));
      this.namespace = namespace;
    }

    /** Its name. */
    public String namespace() {
      return namespace;
    }
  }
}
