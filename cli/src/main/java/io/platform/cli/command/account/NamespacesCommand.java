package io.platform.cli.command.account;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.ServerCommand;
import io.platform.cli.command.Table;
import java.io.IOException;

/** {@code platform namespaces}. */
public final class NamespacesCommand extends ServerCommand {
  private final OptionValue<Boolean> json = json();

  public NamespacesCommand(CommandContext context) {
    super(context, "namespaces", "List your namespaces and your role in each.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var tree = accounts(login()).namespaces();
    if (json.given()) {
      console().json(tree);
      return ExitCode.OK;
    }
    var table = new Table("NAMESPACE", "ROLE");
    for (var namespace : tree) {
      table.row(namespace.path("name").asText(), namespace.path("role").asText());
    }
    table.print(console());
    return ExitCode.OK;
  }
}
