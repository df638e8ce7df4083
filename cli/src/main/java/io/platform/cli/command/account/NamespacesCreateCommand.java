package io.platform.cli.command.account;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.ServerCommand;
import java.io.IOException;

/** {@code platform namespaces create}. */
public final class NamespacesCreateCommand extends ServerCommand {
  private final OptionValue<String> name =
      argument("NAME", "Up to 30 small letters, digits and hyphens; begins with a letter.");

  public NamespacesCreateCommand(CommandContext context) {
    super(context, "create", "Make a namespace, to share apps with others; it is yours.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var name = this.name.required();
    var made = accounts(login()).createNamespace(name);
    console().heading("Created the namespace " + made.path("name").asText(name));
    console().body("Share it: platform members add EMAIL --role developer --namespace " + name);
    return ExitCode.OK;
  }
}
