package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code platform members}. */
@Command(name = "members", description = "List who may do what in a namespace.")
final class Members extends ServerAction {
  @Parameters(arity = "0..1", paramLabel = "NS", description = "The namespace (default: your own).")
  @Nullable String namespace;

  @Mixin final JsonOption json = new JsonOption();

  Members(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var tree = accounts(login).members(namespace == null ? login.namespace() : namespace);
    if (json.wanted) {
      screen().json(tree);
      return ExitCode.OK;
    }
    var table = new Table("E-MAIL", "ROLE");
    for (var member : tree) {
      table.row(member.path("email").asText(), member.path("role").asText());
    }
    table.print(screen());
    return ExitCode.OK;
  }
}
