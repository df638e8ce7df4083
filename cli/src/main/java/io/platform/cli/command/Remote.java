package io.platform.cli.command;

import io.platform.cli.client.AppName;
import io.platform.cli.client.ServerUrl;
import java.util.Optional;
import java.util.regex.Pattern;

/** The server and the app that the URL of a git remote names. */
public record Remote(ServerUrl server, AppName app) {
  private static final Pattern PATH =
      Pattern.compile("https?://[^/]+/([^/]+)/([^/]+?)(?:\\.git)?/?");

  public static Optional<Remote> parse(String url) {
    var path = PATH.matcher(url);
    if (!path.matches()) {
      return Optional.empty();
    }
    var app = AppName.parse(path.group(2), path.group(1));
    return ServerUrl.origin(url).flatMap(server -> app.map(it -> new Remote(server, it)));
  }
}
