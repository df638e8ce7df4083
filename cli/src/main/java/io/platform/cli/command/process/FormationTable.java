package io.platform.cli.command.process;

import io.platform.cli.client.ScaleResponse;
import io.platform.cli.command.Console;
import io.platform.cli.command.Table;
import java.util.List;

/** Prints the formation of an app: the quantity and size of each process type. */
final class FormationTable {
  private FormationTable() {}

  static void print(List<ScaleResponse> scales, Console console) {
    var table = new Table("TYPE", "QUANTITY", "MEMORY", "CPU", "COMMAND");
    for (var scale : scales) {
      table.row(
          scale.type(),
          Integer.toString(scale.quantity()),
          scale.memory().map(Memory::text).orElse("standard"),
          scale.cpu().orElse("standard"),
          scale.command());
    }
    table.print(console);
  }
}
