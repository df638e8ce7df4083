package io.platform.cli.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;

/** All verbs in the order of the help. Each is made only when it is wanted, for a fast start. */
final class Commands {
  private static final Map<String, Function<CommandContext, Command>> ALL = all();

  /** What other platforms' commands call what this one does. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("logs", "builds log"),
          Map.entry("log", "builds log"),
          Map.entry("ps", "info"),
          Map.entry("status", "info"),
          Map.entry("ls", "apps"),
          Map.entry("list", "apps"),
          Map.entry("new", "create"),
          Map.entry("delete", "destroy"),
          Map.entry("remove", "destroy"),
          Map.entry("rm", "destroy"),
          Map.entry("env", "config"),
          Map.entry("set", "config set"),
          Map.entry("unset", "config unset"),
          Map.entry("undo", "rollback"),
          Map.entry("users", "accounts"),
          Map.entry("password", "passwd"));

  private Commands() {}

  static Optional<Command> find(String name, CommandContext context) {
    return Optional.ofNullable(ALL.get(name)).map(it -> it.apply(context));
  }

  static List<Command> all(CommandContext context) {
    return ALL.values().stream().map(it -> it.apply(context)).toList();
  }

  /**
   * What a user may have meant by a word that is no verb: one that is like it, or does the same.
   */
  static Optional<String> meantBy(String word) {
    return Optional.ofNullable(ELSEWHERE.get(word))
        .or(() -> Suggestions.nearest(word, ALL.keySet()));
  }

  /** The command without a verb. */
  static RootCommand root(CommandContext context) {
    return new RootCommand(context, () -> all(context));
  }

  /** The whole command with these verbs. */
  static CommandLine commandLine(CommandContext context, List<Command> verbs) {
    return root(context).with(verbs.toArray(Command[]::new)).commandLine();
  }

  private static Map<String, Function<CommandContext, Command>> all() {
    var verbs = new LinkedHashMap<String, Function<CommandContext, Command>>();
    verbs.put("up", Up::new);
    verbs.put("login", LoginCommand::new);
    verbs.put("logout", Logout::new);
    verbs.put("whoami", Whoami::new);
    verbs.put("passwd", Passwd::new);
    verbs.put("create", Create::new);
    verbs.put("apps", Apps::new);
    verbs.put("info", Info::new);
    verbs.put("open", Open::new);
    verbs.put("git:remote", GitRemote::new);
    verbs.put("destroy", Destroy::new);
    verbs.put(
        "builds",
        context -> new Builds(context).with(new BuildsLog(context), new BuildsCancel(context)));
    verbs.put("releases", Releases::new);
    verbs.put("rollback", Rollback::new);
    verbs.put("retention", Retention::new);
    verbs.put(
        "config",
        context ->
            new Config(context)
                .with(new ConfigGet(context), new ConfigSet(context), new ConfigUnset(context)));
    verbs.put(
        "accounts",
        context ->
            new Accounts(context).with(new AccountsCreate(context), new AccountsRemove(context)));
    verbs.put(
        "namespaces",
        context ->
            new Namespaces(context)
                .with(new NamespacesCreate(context), new NamespacesDestroy(context)));
    verbs.put(
        "members",
        context -> new Members(context).with(new MembersAdd(context), new MembersRemove(context)));
    verbs.put(
        "completion", context -> new Completion(context, () -> commandLine(context, all(context))));
    verbs.put("version", Version::new);
    verbs.put("git-credential", CredentialHelper::new);
    return Collections.unmodifiableMap(verbs);
  }
}
