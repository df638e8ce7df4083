package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.PlatformApi;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code platform apps}. */
@Command(name = "apps", description = "List the apps that you may see.")
final class Apps extends ServerAction {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "Only those of this namespace.")
  @Nullable String namespace;

  @Mixin final JsonOption json = new JsonOption();

  Apps(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var tree = api(login()).apps(Optional.ofNullable(namespace));
    if (json.wanted) {
      screen().json(tree);
      return ExitCode.OK;
    }
    var apps = PlatformApi.appsOf(tree);
    if (apps.isEmpty()) {
      screen().note("No apps yet. Make one: platform create NAME");
      return ExitCode.OK;
    }
    var table = new Table("APP", "STATUS", "RELEASE", "URL");
    for (var app : apps) {
      table.row(app.name().toString(), app.status(), app.release().orElse("-"), app.url());
    }
    table.print(screen());
    return ExitCode.OK;
  }
}
