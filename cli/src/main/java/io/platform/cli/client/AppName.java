package io.platform.cli.client;

import io.platform.commons.name.NameRule;
import java.util.Optional;

/** The whole name of an app: {@code namespace/name}. */
public record AppName(String namespace, String name) {
  /** An app as users write it: {@code app} in the given namespace, or {@code namespace/app}. */
  public static Optional<AppName> parse(String text, String namespace) {
    int slash = text.indexOf('/');
    var app =
        slash < 0
            ? new AppName(namespace, text)
            : new AppName(text.substring(0, slash), text.substring(slash + 1));
    return NameRule.allows(app.namespace) && NameRule.allows(app.name)
        ? Optional.of(app)
        : Optional.empty();
  }

  String path() {
    return "/api/v1/apps/" + namespace + "/" + name;
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
