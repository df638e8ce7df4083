package io.platform.cli.client;

import java.util.Optional;
import java.util.regex.Pattern;

/** The whole name of an app: {@code namespace/name}. */
public record AppName(String namespace, String name) {
  private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,28}[a-z0-9])?");

  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** An app as users write it: {@code app} in the given namespace, or {@code namespace/app}. */
  public static Optional<AppName> parse(String text, String namespace) {
    int slash = text.indexOf('/');
    var app =
        slash < 0
            ? new AppName(namespace, text)
            : new AppName(text.substring(0, slash), text.substring(slash + 1));
    return isName(app.namespace) && isName(app.name) ? Optional.of(app) : Optional.empty();
  }

  String path() {
    return "/api/v1/apps/" + namespace + "/" + name;
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
