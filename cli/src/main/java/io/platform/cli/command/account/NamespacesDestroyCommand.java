package io.platform.cli.command.account;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.PlatformApi;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.Confirmation;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.ServerCommand;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code platform namespaces destroy}. */
public final class NamespacesDestroyCommand extends ServerCommand {
  private final OptionValue<String> name =
      argument("NAME", "The namespace; it has no apps any more.");

  private final OptionValue<String> confirm =
      option("NAME", "The namespace's name once more; asked for otherwise.", "--confirm");

  public NamespacesDestroyCommand(CommandContext context) {
    super(context, "destroy", "Remove a namespace that has no apps; its members lose their roles.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var name = namespace(login, this.name);
    var apps = PlatformApi.appsOf(api(login).apps(Optional.of(name)));
    if (!apps.isEmpty()) {
      throw new CommandFailure(
          ExitCode.CONFLICT,
          "Nothing was removed: "
              + name
              + " has "
              + (apps.size() == 1 ? "an app" : apps.size() + " apps")
              + ", which would be left to nobody.",
          "Destroy first: platform destroy " + apps.getFirst().name());
    }
    new Confirmation(context)
        .require(
            confirm.get(),
            name,
            List.of(name),
            "This removes the namespace " + name + " for all of its members.",
            "platform namespaces destroy " + name + " --confirm " + name);
    accounts(login).destroyNamespace(name);
    console().heading("Removed the namespace " + name);
    return ExitCode.OK;
  }
}
