package io.platform.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a server does while the AOT cache for tests is made: what most of the tests have it do. */
final class ServerTrainingRun {
  private static final String APP = "admin/shop";

  private ServerTrainingRun() {}

  /**
   * Starts a server, has it deploy an app twice, and stops it.
   *
   * @param jvm the command up to the main class, with an option to write a cache at its end
   */
  static void in(Path directory, List<String> jvm) throws Exception {
    List<String> command = new ArrayList<>(jvm);
    command.add(PlatformMain.class.getName());
    try (Server server = Server.launch(command, directory.resolve("data"))) {
      String token = server.login();
      server.api(token, "POST", "/apps", "{\"name\":\"shop\"}");
      GitApp shop = GitApp.in(directory.resolve("shop"));
      shop.commitPage("page", "first");
      shop.push(server.base(), token, APP);
      server.visit("shop-admin.localhost", "/page");
      shop.write("Procfile", "web: exec python3 -m http.server $PORT\nrelease: echo Released\n");
      shop.commit("second");
      shop.push(server.base(), token, APP);
      shop.remoteMain(server.base(), token, APP);
      for (String path : List.of("", "/builds/latest", "/builds/latest/log", "/releases/v1")) {
        server.api(token, "GET", "/apps/" + APP + path, "");
      }
      server.stop();
      server.awaitLine("AOTCache creation is complete");
    }
  }
}
