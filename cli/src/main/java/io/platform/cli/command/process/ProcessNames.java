package io.platform.cli.command.process;

import io.platform.cli.client.AppName;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.client.PlatformApi;
import io.platform.cli.command.Suggestions;
import java.util.ArrayList;
import java.util.List;

/** The names of an app's process types and of the processes that it has now. */
record ProcessNames(AppName app, List<String> types, List<String> processes) {
  private static final int MOST_TOLD = 10;

  /** Types whose processes come and go: their names are not those of the Procfile. */
  private static final List<String> PASSING = List.of("run", "release");

  static ProcessNames of(PlatformApi api, AppName app) throws ClientException {
    return new ProcessNames(
        app, JsonTree.names(api.formation(app)), JsonTree.texts(api.processes(app), "name"));
  }

  /** Whether there is a process of this name now. */
  boolean hasProcess(String name) {
    return processes.contains(name);
  }

  /** Whether it is the name of a type, or of a process that there is now. */
  boolean has(String name) {
    return hasProcess(name) || types.contains(name) || PASSING.contains(name);
  }

  /** What may have been meant by a name that is none, or which names there are. */
  String hint(String wrong) {
    var all = new ArrayList<>(types);
    all.addAll(processes);
    return Suggestions.nearest(wrong, all)
        .map(Suggestions::didYouMean)
        .orElseGet(() -> processes.isEmpty() ? "No process of it runs." : "It has " + list() + ".");
  }

  private String list() {
    var told = String.join(", ", processes.subList(0, Math.min(MOST_TOLD, processes.size())));
    return processes.size() > MOST_TOLD
        ? told + " and " + (processes.size() - MOST_TOLD) + " more: platform ps shows them"
        : told;
  }
}
