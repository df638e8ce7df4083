package io.platform.cli.command.login;

import io.platform.cli.client.AuthServerApi;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.client.Login;
import io.platform.cli.client.PlatformApi;
import io.platform.cli.client.ServerUrl;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import java.util.Optional;

/** Logs in with an e-mail address and a password. */
final class NewLogin {
  private final CommandContext context;

  NewLogin(CommandContext context) {
    this.context = context;
  }

  Login obtain(ServerUrl server, AuthServerApi auth, String address, String password)
      throws ClientException {
    var granted = granted(server, auth, address, password);
    var expires = context.time().instant().plus(granted.life());
    var me = new PlatformApi(server, granted.token(), context.clients()).me();
    return new Login(
        server,
        auth.issuer(),
        auth.revocation(),
        JsonTree.text(me, "email").orElse(address),
        JsonTree.text(me, "namespace").orElse(""),
        granted.token(),
        expires);
  }

  private static AuthServerApi.Granted granted(
      ServerUrl server, AuthServerApi auth, String address, String password)
      throws ClientException {
    try {
      return auth.login(address, password);
    } catch (ClientException.Refused refused) {
      if (refused.code().equals(Optional.of("invalid_grant"))) {
        throw new CommandFailure(
            ExitCode.UNAUTHORIZED,
            "Not logged in at " + server + ": " + refused.getMessage(),
            "Check the address " + address + " and the password, and try again.");
      }
      throw refused;
    } catch (ClientException.Unauthorized refused) {
      throw new CommandFailure(
          ExitCode.UNAUTHORIZED, "Not logged in at " + server + ": " + refused.getMessage());
    }
  }
}
