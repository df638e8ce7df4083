package io.platform.cli.command.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.JsonTree;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.Suggestions;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code platform rollout set}. */
public final class RolloutSetCommand extends AppCommand {
  private static final List<String> NAMES = List.of("max-surge", "max-unavailable", "stop-grace");

  private static final Pattern SETTING =
      Pattern.compile(
          "(max-surge|max-unavailable)=([0-9]{1,3}%?|default)|stop-grace=(?:([0-9]{1,5})(s|m)?|default)");

  private final OptionValue<List<String>> settings =
      arguments(
          "SETTING",
          "max-surge=N, max-unavailable=N (a number, or a share with a percent sign), stop-grace=TIME (30s, 2m); =default for the platform's own.");

  private final OptionValue<Boolean> json = json();

  public RolloutSetCommand(CommandContext context) {
    super(
        context,
        "set",
        "Say how new processes take the place of old ones.",
        "max-surge: web processes that may run beside those that should; max-unavailable: those that may be missing;"
            + " stop-grace: the time from SIGTERM to SIGKILL. Makes no release.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var change = JsonTree.object();
    settings.required().forEach(it -> read(it, change));
    var target = target();
    RolloutCommand.show(target.api().changeRollout(target.app(), change), json.given(), console());
    return ExitCode.OK;
  }

  private static void read(String text, ObjectNode change) {
    var setting = SETTING.matcher(text);
    if (!setting.matches()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "\"" + text + "\" is no setting of roll-outs." + suggestion(text),
          "Write max-surge=1 or max-surge=25%, max-unavailable=0, stop-grace=90s, or =default for the platform's own.");
    }
    if (setting.group(1) == null) {
      putGrace(setting.group(3), "m".equals(setting.group(4)) ? 60 : 1, change);
    } else {
      var name = setting.group(1).replace('-', '_');
      if (setting.group(2).equals("default")) {
        change.putNull(name);
      } else {
        change.put(name, setting.group(2));
      }
    }
  }

  private static String suggestion(String text) {
    int equals = text.indexOf('=');
    var name = equals < 0 ? text : text.substring(0, equals);
    return Suggestions.nearest(name, NAMES)
        .map(near -> " " + Suggestions.didYouMean(near + text.substring(name.length())))
        .orElse("");
  }

  private static void putGrace(@Nullable String number, int unit, ObjectNode change) {
    if (number == null) {
      change.putNull("stop_grace_seconds");
    } else {
      change.put("stop_grace_seconds", Integer.parseInt(number) * unit);
    }
  }
}
