package io.platform.cli.command.help;

import io.platform.cli.command.Command;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;

/**
 * {@code platform up}, which the start script hands to the server; here for help and completion.
 */
public final class UpHelpCommand extends Command {

  public UpHelpCommand(CommandContext context) {
    super(context, "up", "Run the whole platform on this machine, until Ctrl-C.");
    number("PORT", "Where it listens (default: 8080).", "--port");
    number("PORT", "Where it serves apps' domains with HTTPS (default: nowhere).", "--tls-port");
    option("ADDRESS", "The address that it binds (default: 127.0.0.1).", "--listen");
    option("DIR", "Where it keeps everything (default: ~/.local/share/platform).", "--data");
    option("URL", "The base URL that users see (default: http://localhost:PORT).", "--url");
    option(
        "URL",
        "Where objects are kept: file:///DIR, s3://BUCKET, gs://BUCKET (default: in the data directory).",
        "--object-store");
  }

  @Override
  public Integer call() {
    throw new CommandFailure(
        ExitCode.USAGE,
        "The server is started by the `platform` script at the root of a checkout, and not by this jar.",
        "Run ./platform up there.");
  }
}
