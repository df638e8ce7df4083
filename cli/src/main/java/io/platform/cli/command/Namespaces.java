package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;

/** {@code platform namespaces}. */
final class Namespaces extends ServerCommand {
  private final OptionValue<Boolean> json = json();

  Namespaces(CommandContext context) {
    super(context, "namespaces", "List your namespaces and your role in each.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var tree = accounts(login()).namespaces();
    if (json.given()) {
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
