package io.platform.cli.command.domain;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.LiveNames;
import io.platform.cli.command.OptionValue;
import java.io.IOException;

/** {@code platform certs remove}. */
public final class CertsRemoveCommand extends AppCommand {
  private final OptionValue<String> domain =
      argument("DOMAIN", "The domain whose certificate goes.", LiveNames.CERTIFICATES);

  private final OptionValue<Boolean> json = json();

  public CertsRemoveCommand(CommandContext context) {
    super(context, "remove", "Remove the certificate of a domain, which answers over HTTP only.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    target.api().removeCertificate(target.app(), domain.required());
    if (json.given()) {
      console().json(target.api().certificates(target.app()));
    } else {
      console()
          .heading(
              "Removed the certificate of %s from %s".formatted(domain.required(), target.app()));
    }
    return ExitCode.OK;
  }
}
