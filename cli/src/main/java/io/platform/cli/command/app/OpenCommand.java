package io.platform.cli.command.app;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code platform open}. */
public final class OpenCommand extends AppCommand {

  public OpenCommand(CommandContext context) {
    super(context, "open", "Open the app in the browser; where there is none, print its URL.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var target = target();
    var app = target.api().app(target.app());
    var url = app.url();
    if (!url.matches("https?://[^\\s]+")) {
      throw new CommandFailure(
          ExitCode.FAILED, "The app has no address that a browser could open.");
    }
    console().line(url);
    if (!app.hasWeb()) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "The app has no web process, so nothing answers at its URL. Add `web: <command>` to its Procfile and push again.");
    }
    opener().ifPresent(it -> start(it, url));
    return ExitCode.OK;
  }

  private Optional<String> opener() {
    if (System.getProperty("os.name", "").startsWith("Mac")) {
      return Optional.of("open");
    }
    var screenThere = context.variable("DISPLAY").or(() -> context.variable("WAYLAND_DISPLAY"));
    return context.variable("BROWSER").or(() -> screenThere.map(_ -> "xdg-open"));
  }

  /** Where it does not start, the URL is on the screen. */
  private void start(String opener, String url) {
    try {
      context
          .process(List.of(opener, url))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException notThere) {
      // The URL was printed, which is what `open` promises without a browser.
    }
  }
}
