package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code platform namespaces create}. */
@Command(name = "create", description = "Make a namespace, to share apps with others; it is yours.")
final class NamespacesCreate extends ServerAction {
  @Parameters(
      paramLabel = "NAME",
      description = "Up to 30 small letters, digits and hyphens; begins with a letter.")
  String name = "";

  NamespacesCreate(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var made = accounts(login()).createNamespace(name);
    screen().heading("Created the namespace " + made.path("name").asText(name));
    screen().body("Share it: platform members add EMAIL --role developer --namespace " + name);
    return ExitCode.OK;
  }
}
