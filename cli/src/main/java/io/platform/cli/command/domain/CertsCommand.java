package io.platform.cli.command.domain;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.Table;
import java.io.IOException;

/** {@code platform certs}. */
public final class CertsCommand extends AppCommand {
  private final OptionValue<Boolean> json = json();

  private final OptionValue<Boolean> names = flag("Print the names only.", "--names");

  public CertsCommand(CommandContext context) {
    super(context, "certs", "List the certificates of the app's domains.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var certificates = target.api().certificates(target.app());
    if (names.given()) {
      JsonTree.texts(certificates, "domain").forEach(console()::value);
      return ExitCode.OK;
    }
    if (json.given()) {
      console().json(certificates);
      return ExitCode.OK;
    }
    if (certificates.isEmpty()) {
      console().note("No certificates yet. Add one: platform certs add CERT.pem KEY.pem");
      return ExitCode.OK;
    }
    var table = new Table("DOMAIN", "EXPIRES", "STATUS", "ISSUER");
    for (var certificate : certificates) {
      table.row(
          certificate.path("domain").asText(),
          certificate.path("not_after").asText().replaceFirst("T.*", ""),
          certificate.path("status").asText(),
          certificate.path("issuer").asText());
    }
    table.print(console());
    return ExitCode.OK;
  }
}
