package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;

/** {@code platform namespaces create}. */
final class NamespacesCreate extends ServerCommand {
  private final OptionValue<String> name =
      argument("NAME", "Up to 30 small letters, digits and hyphens; begins with a letter.");

  NamespacesCreate(CommandContext context) {
    super(context, "create", "Make a namespace, to share apps with others; it is yours.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var name = this.name.required();
    var made = accounts(login()).createNamespace(name);
    screen().heading("Created the namespace " + made.path("name").asText(name));
    screen().body("Share it: platform members add EMAIL --role developer --namespace " + name);
    return ExitCode.OK;
  }
}
