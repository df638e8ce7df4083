package io.platform.cli.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;

/** All verbs in the order of the help. Each is made only when it is wanted, for a fast start. */
final class Verbs {
  private static final Map<String, Function<Surroundings, Action>> ALL = all();

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

  private Verbs() {}

  static Optional<Action> find(String name, Surroundings here) {
    return Optional.ofNullable(ALL.get(name)).map(it -> it.apply(here));
  }

  static List<Action> all(Surroundings here) {
    return ALL.values().stream().map(it -> it.apply(here)).toList();
  }

  /**
   * What a user may have meant by a word that is no verb: one that is like it, or does the same.
   */
  static Optional<String> meantBy(String word) {
    return Optional.ofNullable(ELSEWHERE.get(word))
        .or(() -> Suggestions.nearest(word, ALL.keySet()));
  }

  /** The command without a verb. */
  static Root root(Surroundings here) {
    return new Root(here, () -> all(here));
  }

  /** The whole command with these verbs. */
  static CommandLine commandLine(Surroundings here, List<Action> verbs) {
    return root(here).with(verbs.toArray(Action[]::new)).commandLine();
  }

  private static Map<String, Function<Surroundings, Action>> all() {
    var verbs = new LinkedHashMap<String, Function<Surroundings, Action>>();
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
    verbs.put("builds", here -> new Builds(here).with(new BuildsLog(here), new BuildsCancel(here)));
    verbs.put("releases", Releases::new);
    verbs.put("rollback", Rollback::new);
    verbs.put("retention", Retention::new);
    verbs.put(
        "config",
        here ->
            new Config(here).with(new ConfigGet(here), new ConfigSet(here), new ConfigUnset(here)));
    verbs.put(
        "accounts",
        here -> new Accounts(here).with(new AccountsCreate(here), new AccountsRemove(here)));
    verbs.put(
        "namespaces",
        here -> new Namespaces(here).with(new NamespacesCreate(here), new NamespacesDestroy(here)));
    verbs.put(
        "members", here -> new Members(here).with(new MembersAdd(here), new MembersRemove(here)));
    verbs.put("completion", here -> new Completion(here, () -> commandLine(here, all(here))));
    verbs.put("version", Version::new);
    verbs.put("git-credential", CredentialHelper::new);
    return Collections.unmodifiableMap(verbs);
  }
}
