package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code platform members add}. */
@Command(name = "add", description = "Give someone a role in a namespace, or another role.")
final class MembersAdd extends ServerAction {
  /** What a member may do; each includes the next. */
  enum Role {
    owner,
    developer,
    viewer
  }

  @Parameters(paramLabel = "EMAIL", description = "The account.")
  String email = "";

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "${COMPLETION-CANDIDATES}.")
  Role role = Role.viewer;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "The namespace (default: your own).")
  @Nullable String namespace;

  MembersAdd(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var where = namespace == null ? login.namespace() : namespace;
    accounts(login).putMember(where, email, role.name().toLowerCase(Locale.ROOT));
    screen().heading(email + " is " + role + " in " + where);
    return ExitCode.OK;
  }
}
