package io.platform.cli.command.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.client.PlatformApi;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.LiveNames;
import io.platform.cli.command.OptionValue;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code platform ps scale}. */
public final class PsScaleCommand extends AppCommand {
  /** {@code web=2}, {@code web=+1}, {@code web-1}. */
  private static final Pattern SCALE =
      Pattern.compile("([A-Za-z0-9_-]*[A-Za-z0-9_])(?:=([+-]?)|([+-]))([0-9]{1,9})");

  private final OptionValue<List<String>> scales =
      anyArguments(
          "TYPE=N", "How many processes of a type; =+N and =-N change it.", LiveNames.TYPES);

  private final OptionValue<Boolean> json = json();

  public PsScaleCommand(CommandContext context) {
    super(
        context,
        "scale",
        "Say how many processes of which type run, or show it.",
        "Scaling makes no release; a later release and a rollback keep it.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var change = JsonTree.object();
    for (var scale : scales.or(List.of())) {
      read(scale, change);
    }
    var target = target();
    var formation =
        change.isEmpty()
            ? target.api().formation(target.app())
            : target.api().scale(target.app(), change);
    if (json.given()) {
      console().json(formation);
      return ExitCode.OK;
    }
    var now = PlatformApi.scalesOf(formation);
    if (!change.isEmpty()) {
      console()
          .heading(
              now.stream()
                  .filter(it -> change.has(it.type()))
                  .map(it -> it.type() + " to " + it.quantity())
                  .collect(
                      Collectors.joining(
                          ", ",
                          "Scaling ",
                          " on " + target.app() + ": platform ps shows the processes")));
    } else if (now.isEmpty()) {
      console().note("Nothing is released yet: git push " + remoteName() + " main");
    } else {
      FormationTable.print(now, console());
    }
    return ExitCode.OK;
  }

  private static void read(String text, ObjectNode change) {
    var scale = SCALE.matcher(text);
    if (!scale.matches()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "\"" + text + "\" does not say how many processes of which type.",
          "Write web=2 for two processes of web, web=+1 for one more, web=-1 for one fewer.");
    }
    var type = scale.group(1);
    if (change.has(type)) {
      throw new CommandFailure(ExitCode.USAGE, type + " is named twice.");
    }
    var sign = scale.group(2) == null ? scale.group(3) : scale.group(2);
    int number = Integer.parseInt(scale.group(4));
    var one = change.putObject(type);
    switch (sign) {
      case "+" -> one.put("change", number);
      case "-" -> one.put("change", -number);
      default -> one.put("quantity", number);
    }
  }
}
