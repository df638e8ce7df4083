package io.platform.cli.command.domain;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.LiveNames;
import io.platform.cli.command.OptionValue;
import io.platform.commons.file.FileFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** {@code platform certs add}. */
public final class CertsAddCommand extends AppCommand {
  /** More than the server takes. */
  private static final int LARGEST = 1 << 20;

  private final OptionValue<String> certificate =
      argument("CERT.pem", "The domain's certificate, and then those of its issuers.");

  private final OptionValue<String> key =
      argument("KEY.pem", "The certificate's private key, without a password.");

  private final OptionValue<String> domain =
      option(
          "DOMAIN",
          "One of the app's domains (default: all that the certificate is for).",
          LiveNames.DOMAINS,
          "--domain");

  private final OptionValue<Boolean> json = json();

  public CertsAddCommand(CommandContext context) {
    super(
        context,
        "add",
        "Serve the app's domains over HTTPS with a certificate, in the place of the one that they have.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var chain = read(certificate.required());
    var secret = read(key.required());
    var target = target();
    var certificates = target.api().addCertificate(target.app(), chain, secret, domain.get());
    if (json.given()) {
      console().json(certificates);
      return ExitCode.OK;
    }
    console().heading("Added the certificate to " + target.app());
    for (var each : certificates) {
      console()
          .body(
              "%s  expires on %s"
                  .formatted(
                      each.path("domain").asText(),
                      each.path("not_after").asText().replaceFirst("T.*", "")));
    }
    return ExitCode.OK;
  }

  private String read(String name) throws IOException {
    try (var in = Files.newInputStream(context.directory().resolve(Path.of(name)))) {
      return new String(in.readNBytes(LARGEST), StandardCharsets.ISO_8859_1);
    } catch (InvalidPathException | IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "%s cannot be read: name a file in PEM. (%s)".formatted(name, FileFailure.reason(e)));
    }
  }
}
