package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code platform namespaces}. */
@Command(name = "namespaces", description = "List your namespaces and your role in each.")
final class Namespaces extends ServerAction {
  @Mixin final JsonOption json = new JsonOption();

  Namespaces(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var tree = accounts(login()).namespaces();
    if (json.wanted) {
      screen().json(tree);
      return ExitCode.OK;
    }
    var table = new Table("NAMESPACE", "ROLE");
    for (var namespace : tree) {
      table.row(namespace.path("name").asText(), namespace.path("role").asText());
    }
    table.print(screen());
    return ExitCode.OK;
  }
}
