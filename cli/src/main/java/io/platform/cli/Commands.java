package io.platform.cli;

import io.platform.cli.command.Command;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.Suggestions;
import io.platform.cli.command.account.AccountsCommand;
import io.platform.cli.command.account.AccountsCreateCommand;
import io.platform.cli.command.account.AccountsRemoveCommand;
import io.platform.cli.command.account.MembersAddCommand;
import io.platform.cli.command.account.MembersCommand;
import io.platform.cli.command.account.MembersRemoveCommand;
import io.platform.cli.command.account.NamespacesCommand;
import io.platform.cli.command.account.NamespacesCreateCommand;
import io.platform.cli.command.account.NamespacesDestroyCommand;
import io.platform.cli.command.app.AppsCommand;
import io.platform.cli.command.app.CreateCommand;
import io.platform.cli.command.app.DestroyCommand;
import io.platform.cli.command.app.EventsCommand;
import io.platform.cli.command.app.GitRemoteCommand;
import io.platform.cli.command.app.InfoCommand;
import io.platform.cli.command.app.OpenCommand;
import io.platform.cli.command.app.RenameCommand;
import io.platform.cli.command.app.TransferCommand;
import io.platform.cli.command.build.BuildpacksAddCommand;
import io.platform.cli.command.build.BuildpacksClearCommand;
import io.platform.cli.command.build.BuildpacksCommand;
import io.platform.cli.command.build.BuildpacksRemoveCommand;
import io.platform.cli.command.build.BuildpacksSetCommand;
import io.platform.cli.command.build.BuildsCacheCommand;
import io.platform.cli.command.build.BuildsCachePurgeCommand;
import io.platform.cli.command.build.BuildsCancelCommand;
import io.platform.cli.command.build.BuildsCommand;
import io.platform.cli.command.build.BuildsLogCommand;
import io.platform.cli.command.config.ConfigCommand;
import io.platform.cli.command.config.ConfigGetCommand;
import io.platform.cli.command.config.ConfigSetCommand;
import io.platform.cli.command.config.ConfigUnsetCommand;
import io.platform.cli.command.domain.CertsAddCommand;
import io.platform.cli.command.domain.CertsCommand;
import io.platform.cli.command.domain.CertsRemoveCommand;
import io.platform.cli.command.domain.DomainsAddCommand;
import io.platform.cli.command.domain.DomainsCommand;
import io.platform.cli.command.domain.DomainsRemoveCommand;
import io.platform.cli.command.domain.MaintenanceCommand;
import io.platform.cli.command.domain.MaintenanceOffCommand;
import io.platform.cli.command.domain.MaintenanceOnCommand;
import io.platform.cli.command.drain.DrainsAddCommand;
import io.platform.cli.command.drain.DrainsCommand;
import io.platform.cli.command.drain.DrainsRemoveCommand;
import io.platform.cli.command.help.CompletionCommand;
import io.platform.cli.command.help.RootCommand;
import io.platform.cli.command.help.UpHelpCommand;
import io.platform.cli.command.help.VersionCommand;
import io.platform.cli.command.login.CredentialHelperCommand;
import io.platform.cli.command.login.LoginCommand;
import io.platform.cli.command.login.LogoutCommand;
import io.platform.cli.command.login.PasswdCommand;
import io.platform.cli.command.login.WhoamiCommand;
import io.platform.cli.command.process.ExecCommand;
import io.platform.cli.command.process.FeaturesCommand;
import io.platform.cli.command.process.FeaturesDisableCommand;
import io.platform.cli.command.process.FeaturesEnableCommand;
import io.platform.cli.command.process.LogsCommand;
import io.platform.cli.command.process.PortForwardCommand;
import io.platform.cli.command.process.PsCommand;
import io.platform.cli.command.process.PsResizeCommand;
import io.platform.cli.command.process.PsRestartCommand;
import io.platform.cli.command.process.PsScaleCommand;
import io.platform.cli.command.process.PsStopCommand;
import io.platform.cli.command.process.RolloutCommand;
import io.platform.cli.command.process.RolloutSetCommand;
import io.platform.cli.command.process.RunCommand;
import io.platform.cli.command.release.ReleasesCommand;
import io.platform.cli.command.release.RetentionCommand;
import io.platform.cli.command.release.RollbackCommand;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;

/** All commands, in the order of the help. Each is created only when needed, for a fast start. */
final class Commands {
  private static final Map<String, Function<CommandContext, Command>> ALL = all();

  /** Names that other platforms use for a command of ours. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("log", "logs"),
          Map.entry("tail", "logs"),
          Map.entry("status", "info"),
          Map.entry("processes", "ps"),
          Map.entry("scale", "ps scale"),
          Map.entry("restart", "ps restart"),
          Map.entry("stop", "ps stop"),
          Map.entry("resize", "ps resize"),
          Map.entry("ssh", "exec"),
          Map.entry("enter", "exec"),
          Map.entry("ps:exec", "exec"),
          Map.entry("run:detached", "run"),
          Map.entry("ps:scale", "ps scale"),
          Map.entry("ps:restart", "ps restart"),
          Map.entry("ps:stop", "ps stop"),
          Map.entry("ps:resize", "ps resize"),
          Map.entry("buildpacks:set", "buildpacks set"),
          Map.entry("buildpacks:add", "buildpacks add"),
          Map.entry("buildpacks:remove", "buildpacks remove"),
          Map.entry("buildpacks:clear", "buildpacks clear"),
          Map.entry("drains:add", "drains add"),
          Map.entry("drains:remove", "drains remove"),
          Map.entry("ps:rollout", "rollout"),
          Map.entry("labs", "features"),
          Map.entry("ls", "apps"),
          Map.entry("list", "apps"),
          Map.entry("new", "create"),
          Map.entry("delete", "destroy"),
          Map.entry("remove", "destroy"),
          Map.entry("rm", "destroy"),
          Map.entry("apps:rename", "rename"),
          Map.entry("apps:transfer", "transfer"),
          Map.entry("mv", "rename"),
          Map.entry("env", "config"),
          Map.entry("set", "config set"),
          Map.entry("unset", "config unset"),
          Map.entry("undo", "rollback"),
          Map.entry("domains:add", "domains add"),
          Map.entry("domains:remove", "domains remove"),
          Map.entry("certs:add", "certs add"),
          Map.entry("certs:update", "certs add"),
          Map.entry("certs:remove", "certs remove"),
          Map.entry("ssl", "certs"),
          Map.entry("maintenance:on", "maintenance on"),
          Map.entry("maintenance:off", "maintenance off"),
          Map.entry("activity", "events"),
          Map.entry("history", "events"),
          Map.entry("users", "accounts"),
          Map.entry("password", "passwd"));

  private Commands() {}

  static Optional<Command> find(String name, CommandContext context) {
    return Optional.ofNullable(ALL.get(name)).map(it -> it.apply(context));
  }

  /** Whether a command's arguments are a command of the app's. */
  static boolean runsOthers(String name) {
    return name.equals("run") || name.equals("exec");
  }

  static List<Command> all(CommandContext context) {
    return ALL.values().stream().map(it -> it.apply(context)).toList();
  }

  /**
   * The command that a user may have meant by an unknown word: one with a similar name or purpose.
   */
  static Optional<String> meantBy(String word) {
    return Optional.ofNullable(ELSEWHERE.get(word))
        .or(() -> Suggestions.nearest(word, ALL.keySet()));
  }

  /** {@code platform} itself. */
  static RootCommand root(CommandContext context) {
    return new RootCommand(context, () -> all(context));
  }

  /** {@code platform} with these commands under it. */
  static CommandLine commandLine(CommandContext context, List<Command> commands) {
    return root(context).with(commands.toArray(Command[]::new)).commandLine();
  }

  private static Map<String, Function<CommandContext, Command>> all() {
    var commands = new LinkedHashMap<String, Function<CommandContext, Command>>();
    commands.put("up", UpHelpCommand::new);
    commands.put("login", LoginCommand::new);
    commands.put("logout", LogoutCommand::new);
    commands.put("whoami", WhoamiCommand::new);
    commands.put("passwd", PasswdCommand::new);
    commands.put("create", CreateCommand::new);
    commands.put("apps", AppsCommand::new);
    commands.put("info", InfoCommand::new);
    commands.put("open", OpenCommand::new);
    commands.put("git:remote", GitRemoteCommand::new);
    commands.put("rename", RenameCommand::new);
    commands.put("transfer", TransferCommand::new);
    commands.put("destroy", DestroyCommand::new);
    commands.put(
        "builds",
        context ->
            new BuildsCommand(context)
                .with(
                    new BuildsLogCommand(context),
                    new BuildsCancelCommand(context),
                    new BuildsCacheCommand(context).with(new BuildsCachePurgeCommand(context))));
    commands.put(
        "buildpacks",
        context ->
            new BuildpacksCommand(context)
                .with(
                    new BuildpacksSetCommand(context),
                    new BuildpacksAddCommand(context),
                    new BuildpacksRemoveCommand(context),
                    new BuildpacksClearCommand(context)));
    commands.put(
        "ps",
        context ->
            new PsCommand(context)
                .with(
                    new PsScaleCommand(context),
                    new PsRestartCommand(context),
                    new PsStopCommand(context),
                    new PsResizeCommand(context)));
    commands.put("logs", LogsCommand::new);
    commands.put(
        "domains",
        context ->
            new DomainsCommand(context)
                .with(new DomainsAddCommand(context), new DomainsRemoveCommand(context)));
    commands.put(
        "certs",
        context ->
            new CertsCommand(context)
                .with(new CertsAddCommand(context), new CertsRemoveCommand(context)));
    commands.put(
        "maintenance",
        context ->
            new MaintenanceCommand(context)
                .with(new MaintenanceOnCommand(context), new MaintenanceOffCommand(context)));
    commands.put("events", EventsCommand::new);
    commands.put(
        "drains",
        context ->
            new DrainsCommand(context)
                .with(new DrainsAddCommand(context), new DrainsRemoveCommand(context)));
    commands.put(
        "features",
        context ->
            new FeaturesCommand(context)
                .with(new FeaturesEnableCommand(context), new FeaturesDisableCommand(context)));
    commands.put(
        "rollout", context -> new RolloutCommand(context).with(new RolloutSetCommand(context)));
    commands.put("run", RunCommand::new);
    commands.put("exec", ExecCommand::new);
    commands.put("port-forward", PortForwardCommand::new);
    commands.put("releases", ReleasesCommand::new);
    commands.put("rollback", RollbackCommand::new);
    commands.put("retention", RetentionCommand::new);
    commands.put(
        "config",
        context ->
            new ConfigCommand(context)
                .with(
                    new ConfigGetCommand(context),
                    new ConfigSetCommand(context),
                    new ConfigUnsetCommand(context)));
    commands.put(
        "accounts",
        context ->
            new AccountsCommand(context)
                .with(new AccountsCreateCommand(context), new AccountsRemoveCommand(context)));
    commands.put(
        "namespaces",
        context ->
            new NamespacesCommand(context)
                .with(new NamespacesCreateCommand(context), new NamespacesDestroyCommand(context)));
    commands.put(
        "members",
        context ->
            new MembersCommand(context)
                .with(new MembersAddCommand(context), new MembersRemoveCommand(context)));
    commands.put(
        "completion",
        context -> new CompletionCommand(context, () -> commandLine(context, all(context))));
    commands.put("version", VersionCommand::new);
    commands.put("git-credential", CredentialHelperCommand::new);
    return Collections.unmodifiableMap(commands);
  }
}
