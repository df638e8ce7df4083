package io.platform.cli.command.account;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.ServerCommand;
import java.io.IOException;
import java.util.List;

/** {@code platform members add}. */
public final class MembersAddCommand extends ServerCommand {
  /** What a member may do; each includes the next. */
  private static final List<String> ROLES = List.of("owner", "developer", "viewer");

  private final OptionValue<String> email = argument("EMAIL", "The account.");

  private final OptionValue<String> role =
      requiredChoice("ROLE", "${COMPLETION-CANDIDATES}.", ROLES, "--role");

  private final OptionValue<String> namespace =
      option("NS", "The namespace (default: your own).", "-n", "--namespace");

  public MembersAddCommand(CommandContext context) {
    super(context, "add", "Give someone a role in a namespace, or another role.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var role = oneOf(ROLES, this.role.required(), "role");
    var login = login();
    var where = namespace(login, namespace);
    var email = this.email.required();
    accounts(login).putMember(where, email, role);
    console().heading(email + " is " + role + " in " + where);
    return ExitCode.OK;
  }
}
