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
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** {@code platform ps resize}. */
public final class PsResizeCommand extends AppCommand {
  private static final String STANDARD = "standard";

  /** {@code web=512M:0.5}, {@code web=512M}, {@code web=:0.5}, {@code web=standard}. */
  private static final Pattern SIZE =
      Pattern.compile(
          "([A-Za-z0-9_-]+)=(?:(standard)|([0-9][0-9A-Za-z.]*)?(?::([0-9]{1,6}(?:\\.[0-9]{1,3})?|\\.[0-9]{1,3}))?)");

  private final OptionValue<List<String>> sizes =
      arguments(
          "TYPE=SIZE",
          "Memory and cores of each process: 512M:0.5, 512M, :0.5, or standard.",
          LiveNames.TYPES);

  private final OptionValue<Boolean> json = json();

  public PsResizeCommand(CommandContext context) {
    super(
        context,
        "resize",
        "Say how much memory and CPU each process of a type has.",
        "Its processes are replaced by ones of the new size. Resizing makes no release.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var change = JsonTree.object();
    sizes.required().forEach(it -> read(it, change));
    var target = target();
    var formation = target.api().scale(target.app(), change);
    if (json.given()) {
      console().json(formation);
      return ExitCode.OK;
    }
    console()
        .heading("Resizing " + String.join(", ", JsonTree.names(change)) + " on " + target.app());
    FormationTable.print(PlatformApi.scalesOf(formation), console());
    return ExitCode.OK;
  }

  private static void read(String text, ObjectNode change) {
    var size = SIZE.matcher(text);
    if (!size.matches() || text.endsWith("=")) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "\"" + text + "\" does not say how large the processes of a type are.",
          "Write web=512M:0.5 for 512 MiB and half a core, web=512M or web=:0.5 for one of them, web=standard for neither.");
    }
    var one = change.putObject(size.group(1));
    if (size.group(2) != null) {
      one.put("size", STANDARD);
      return;
    }
    if (size.group(3) != null) {
      one.put("memory", size.group(3));
    }
    if (size.group(4) != null) {
      one.put("cpu", new BigDecimal(size.group(4)));
    }
  }
}
