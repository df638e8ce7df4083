package io.platform.kubernetes.desired;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.platform.domain.Config;
import io.platform.slug.ConfigVars;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** The environment variables of builders and runners; docs/slug.md describes them. */
final class EnvironmentVariables {
  private EnvironmentVariables() {}

  static EnvVar plain(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(literal(value)).build();
  }

  /**
   * The text as Kubernetes is to be given it in variables and commands, so that all of it stays: it
   * puts the value of a variable in place of {@code $(NAME)}, and one dollar in place of {@code $$}
   * (k8s.io/kubernetes, {@code third_party/forked/golang/expansion}).
   */
  static String literal(String text) {
    return text.replaceAll("\\$(?=[$(])", "\\$\\$");
  }

  /** What a builder gets of config vars and its token; without name and labels yet. */
  static SecretBuilder secret(Config config, String token) {
    Map<String, String> values = ConfigVars.toEnvironment(config.vars());
    values.putAll(token(token));
    return secret(values);
  }

  /** The token of a builder or runner. */
  static Map<String, String> token(String token) {
    return Map.of("PLATFORM_TOKEN", token);
  }

  /** A Secret without name and labels yet. */
  static SecretBuilder secret(Map<String, String> values) {
    Map<String, String> data = new TreeMap<>();
    values.forEach((name, value) ->
        data.put(name, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    return new SecretBuilder(new Secret("v1", data, null, "Secret", null, null, "Opaque"));
  }
}
