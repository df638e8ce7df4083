package io.platform.cli.command;

import io.platform.cli.client.AppName;
import io.platform.cli.client.Login;
import io.platform.cli.client.PlatformApi;
import java.io.IOException;
import java.util.Optional;

/** A command about one app: the one that is named, or the one of the repository's remote. */
@SuppressWarnings(
    "this-escape") // options are fields, and picocli only keeps the references until it parses
public abstract class AppCommand extends ServerCommand {
  public static final String USUAL_REMOTE = "platform";

  private final OptionValue<String> app =
      option("[NS/]APP", "The app, in your own namespace if none is given.", "-a", "--app");

  private final OptionValue<String> remote =
      option("NAME", "The git remote whose app is meant (default: platform).", "-r", "--remote");

  private Optional<Target> used = Optional.empty();

  public AppCommand(CommandContext context, String name, String... description) {
    super(context, name, description);
  }

  @Override
  public Optional<String> meant() {
    return used.flatMap(it ->
        Suggestions.nearest(
            it.app().toString(),
            suggestions(() ->
                PlatformApi.appsOf(it.api().apps(Optional.empty())).stream()
                    .map(app -> app.name().toString())
                    .toList())));
  }

  private Target use(Target target) {
    used = Optional.of(target);
    return target;
  }

  /** The app that is meant, and the login at its server. */
  public record Target(AppName app, Login login, PlatformApi api) {}

  public Target target() throws IOException {
    return namedApp().isPresent() ? target(namedApp().get()) : targetOfRemote();
  }

  private Optional<String> namedApp() {
    return app.get().or(() -> parent(AppCommand.class).flatMap(AppCommand::namedApp));
  }

  private Optional<String> namedRemote() {
    return remote.get().or(() -> parent(AppCommand.class).flatMap(AppCommand::namedRemote));
  }

  public final String remoteName() {
    return namedRemote().orElse(USUAL_REMOTE);
  }

  public final Target target(String name) throws IOException {
    var login = login();
    var whole = AppName.parse(name, login.namespace());
    return whole
        .map(it -> use(new Target(it, login, api(login))))
        .orElseThrow(() ->
            new CommandFailure(
                ExitCode.USAGE,
                "\"" + name + "\" is not the name of an app.",
                "Names have up to 30 small letters, digits and hyphens, and begin with a letter: shop, acme/shop."));
  }

  private Target targetOfRemote() throws IOException {
    var name = remoteName();
    var url = git().remote(name);
    if (url.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "Which app? There is no git remote \"" + name + "\" here.",
          "Name the app with -a APP, or stand in the app's repository (`platform create` adds the remote).");
    }
    var parsed =
        Remote.parse(url.get())
            .orElseThrow(() ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "The git remote \""
                        + name
                        + "\" is not a Platform app's: "
                        + withoutSecrets(url.get()),
                    "Name the app with -a APP, or another remote with -r NAME."));
    var login = login(named().orElse(parsed.server()));
    return use(new Target(parsed.app(), login, api(login)));
  }

  /** URLs of other remotes may have passwords. */
  private static String withoutSecrets(String url) {
    return url.replaceFirst("//[^/@]*@", "//");
  }
}
