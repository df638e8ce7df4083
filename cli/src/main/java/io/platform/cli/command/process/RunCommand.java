package io.platform.cli.command.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.IOException;
import java.util.List;

/** {@code platform run}. */
public final class RunCommand extends AppCommand {
  private final OptionValue<String> size =
      option("MEMORY[:CPU]", "What it may use, such as 512M or 1G:0.5.", "-s", "--size");
  private final OptionValue<List<String>> variables =
      options("NAME=VALUE", "A variable beside the config vars; may be repeated.", "-e", "--env");
  private final OptionValue<Boolean> detach =
      flag("Do not wait for it; its output goes to the app's log.", "-d", "--detach");
  private final OptionValue<Boolean> noTerminal =
      flag("Give it no terminal, also where there is one.", "--no-tty");
  private final OptionValue<Boolean> json = flag("With --detach: print JSON.", "--json");
  private final OptionValue<List<String>> command =
      arguments(
          "COMMAND",
          "A command, or a process type; all that follows is its own. One word is for a shell: 'echo $HOME'.");

  @SuppressWarnings("this-escape") // picocli only keeps the reference until it parses
  public RunCommand(CommandContext context) {
    super(
        context,
        "run",
        "Run a command with the app's code and config, beside its processes.",
        "The exit code is the command's. It ends when this command does, unless it is detached.");
    stopAtArguments();
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var start = JsonTree.object().put("command", ShellCommand.of(command.required()));
    variables.get().ifPresent(pairs -> start.set("environment", environment(pairs)));
    size.get().ifPresent(text -> putSize(start, text));
    var target = target();
    if (detach.given()) {
      return detached(target, start);
    }
    boolean terminal = !noTerminal.given() && context.terminal().isInteractive();
    return new ProcessStreams(
            context,
            what -> {
              if (terminal) {
                context
                    .err()
                    .print(
                        "%s on %s %s\r\n"
                            .formatted(
                                what.path("name").asText(),
                                target.app(),
                                what.path("release").asText()));
                context.err().flush();
              }
            })
        .follow(listener -> target.api().run(target.app(), listener), start, terminal);
  }

  private int detached(Target target, ObjectNode start) throws ClientException {
    var answer = target.api().runDetached(target.app(), start);
    if (json.given()) {
      console().json(answer);
    } else {
      console().value(answer.path("name").asText());
    }
    return ExitCode.OK;
  }

  private static ObjectNode environment(List<String> pairs) {
    var environment = JsonTree.object();
    for (var pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw new CommandFailure(
            ExitCode.USAGE, "\"" + pair + "\" is no variable: write --env NAME=VALUE.");
      }
      environment.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return environment;
  }

  private static void putSize(ObjectNode start, String text) {
    var parts = text.split(":", 2);
    if (!parts[0].isEmpty()) {
      start.put("memory", parts[0]);
    }
    if (parts.length == 2) {
      try {
        start.put("cpu", Double.parseDouble(parts[1]));
      } catch (NumberFormatException e) {
        throw new CommandFailure(
            ExitCode.USAGE, "\"" + text + "\" is no size: write 512M, 512M:0.5 or :0.5.");
      }
    }
  }
}
