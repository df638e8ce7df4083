package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code platform members remove}. */
@Command(name = "remove", description = "Take someone out of a namespace.")
final class MembersRemove extends ServerAction {
  @Parameters(paramLabel = "EMAIL", description = "The account.")
  String email = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "The namespace (default: your own).")
  @Nullable String namespace;

  MembersRemove(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var where = namespace == null ? login.namespace() : namespace;
    accounts(login).removeMember(where, email);
    screen().heading(email + " is no longer a member of " + where);
    return ExitCode.OK;
  }
}
