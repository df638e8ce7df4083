package io.platform.cli.command;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.ServerUrl;
import io.platform.commons.file.FileFailure;
import java.io.IOException;
import java.util.Optional;

/** Every error's exit code and last line of advice, in one place. */
public final class CommandFailures {
  private CommandFailures() {}

  public static CommandFailure of(Exception problem, Optional<ServerUrl> server) {
    return switch (problem) {
      case CommandFailure failure -> failure;
      case ClientException refusal -> of(refusal, server.map(it -> " " + it).orElse(""));
      case IOException io -> new CommandFailure(ExitCode.FAILED, message(io));
      default ->
          new CommandFailure(
              ExitCode.FAILED,
              "An error in the platform command itself: " + problem,
              "PLATFORM_DEBUG=1 shows where; please report it.");
    };
  }

  private static CommandFailure of(ClientException problem, String server) {
    var sentence = problem.getMessage();
    return switch (problem) {
      case ClientException.Unreachable _ ->
          new CommandFailure(
              ExitCode.UNREACHABLE,
              sentence,
              "Is the address right, and the server up? On your own machine, `platform up` starts one.");
      case ClientException.ProxyFailed proxy ->
          new CommandFailure(ExitCode.UNREACHABLE, sentence, proxy.advice());
      case ClientException.NotAPlatform _ ->
          new CommandFailure(
              ExitCode.FAILED,
              sentence,
              "Give the address of a Platform server: platform login URL");
      case ClientException.Unauthorized _ ->
          new CommandFailure(
              ExitCode.UNAUTHORIZED, sentence, "Log in (again): platform login" + server);
      case ClientException.NotFound _ -> new CommandFailure(ExitCode.NOT_FOUND, sentence);
      case ClientException.Refused refused -> new CommandFailure(code(refused.status()), sentence);
    };
  }

  private static int code(int status) {
    return switch (status) {
      case 400, 422 -> ExitCode.USAGE;
      case 403 -> ExitCode.UNAUTHORIZED;
      case 409 -> ExitCode.CONFLICT;
      case 410 -> ExitCode.NOT_FOUND;
      case 502, 503, 504 -> ExitCode.UNREACHABLE;
      default -> ExitCode.FAILED;
    };
  }

  private static String message(IOException io) {
    var message = io.getMessage();
    return switch (io) {
      case java.nio.file.AccessDeniedException denied ->
          "May not read or write " + denied.getFile() + ".";
      case java.nio.file.FileSystemException file ->
          "Could not read or write " + FileFailure.reason(file) + ".";
      default -> message == null ? "Reading or writing failed." : message;
    };
  }
}
