package io.platform.cli.command.release;

import io.platform.cli.client.ClientException;
import io.platform.cli.client.RetentionPreview;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.Table;
import io.platform.cli.command.Times;
import java.io.IOException;
import java.util.Optional;

/** {@code platform retention}. */
public final class RetentionCommand extends AppCommand {
  private final OptionValue<Boolean> dryRun =
      flag("List what would go, and remove nothing.", "--dry-run");

  private final OptionValue<Integer> builds =
      number("N", "With --dry-run: as if sources and logs of N builds were kept.", "--builds");

  private final OptionValue<Integer> releases =
      number("N", "With --dry-run: as if slugs of N releases were kept.", "--releases");

  private final OptionValue<Boolean> json = json();

  public RetentionCommand(CommandContext context) {
    super(
        context,
        "retention",
        "Remove the app's old sources, logs and slugs now, or list them with --dry-run.",
        "The server does so by itself after each build. What runs and the release before it stay.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    if (!dryRun.given() && (builds.get().isPresent() || releases.get().isPresent())) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "Nothing was removed: --builds and --releases go with --dry-run.",
          "How much is kept is a setting of the server: PLATFORM_KEEP_BUILDS, PLATFORM_KEEP_RELEASES.");
    }
    var target = target();
    var tree =
        dryRun.given()
            ? target.api().planRetention(target.app(), builds.get(), releases.get())
            : target.api().runRetention(target.app());
    if (json.given()) {
      console().json(tree);
    } else {
      show(RetentionPreview.of(tree));
    }
    return ExitCode.OK;
  }

  private void show(RetentionPreview removals) {
    if (removals.objects().isEmpty()) {
      console().note("Nothing goes: all that is stored is kept.");
      return;
    }
    var table = new Table("BUILD", "KIND", "SIZE", "STORED", "WHY");
    for (var it : removals.objects()) {
      table.row(
          it.build(), it.kind(), size(it.size()), Times.of(it.stored(), context), it.reason());
    }
    table.print(console());
    var objects =
        removals.objects().size() == 1 ? "1 object" : removals.objects().size() + " objects";
    console()
        .note(
            "%s, %s, %s"
                .formatted(
                    objects,
                    size(removals.bytes()),
                    dryRun.given() ? "would be removed" : "removed"));
    rollback(removals).ifPresent(console()::note);
  }

  private Optional<String> rollback(RetentionPreview removals) {
    return removals.releases().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s rollback to %s"
                .formatted(
                    dryRun.given() ? "There would be no" : "There is no",
                    String.join(", ", removals.releases())));
  }

  private static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    long tenths = bytes * 10 / 1024;
    var units = new String[] {"KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    while (tenths >= 10_240 && unit < units.length - 1) {
      tenths /= 1024;
      unit++;
    }
    return tenths / 10 + "." + tenths % 10 + " " + units[unit];
  }
}
