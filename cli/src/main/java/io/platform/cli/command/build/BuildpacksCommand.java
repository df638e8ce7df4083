package io.platform.cli.command.build;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.cli.client.AppName;
import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.Console;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** {@code platform buildpacks}. */
public final class BuildpacksCommand extends AppCommand {
  private final OptionValue<Boolean> json = json();

  private final OptionValue<Boolean> names = flag("Print the names only.", "--names");

  public BuildpacksCommand(CommandContext context) {
    super(context, "buildpacks", "List the buildpacks that were chosen for the app's builds.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var answer = target.api().buildpacks(target.app());
    var chosen = names(answer);
    if (names.given()) {
      chosen.forEach(console()::value);
    } else if (json.given()) {
      console().json(answer);
    } else if (chosen.isEmpty()) {
      console()
          .note(
              "None chosen: the app's files decide. Choose one: platform buildpacks set BUILDPACK");
    } else {
      print(chosen, console()::line);
    }
    return ExitCode.OK;
  }

  /** Tells what holds after a change. */
  static int tellChange(JsonNode answer, AppName app, boolean json, Console console)
      throws IOException {
    var chosen = names(answer);
    if (json) {
      console.json(answer);
    } else if (chosen.isEmpty()) {
      console.heading("%s has no chosen buildpacks any more".formatted(app));
      console.body("In the next push the app's files decide.");
    } else {
      console.heading("Buildpacks of %s, from the next push on:".formatted(app));
      print(chosen, console::body);
    }
    return ExitCode.OK;
  }

  private static List<String> names(JsonNode answer) {
    var names = new ArrayList<String>();
    answer.path("buildpacks").forEach(it -> names.add(it.asText()));
    return names;
  }

  private static void print(List<String> names, Consumer<String> line) {
    for (int i = 0; i < names.size(); i++) {
      line.accept("%d. %s".formatted(i + 1, names.get(i)));
    }
  }
}
