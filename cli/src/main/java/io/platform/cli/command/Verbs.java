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

  private Verbs() {}

  static Optional<Action> find(String name, Surroundings here) {
    return Optional.ofNullable(ALL.get(name)).map(it -> it.apply(here));
  }

  static List<Action> all(Surroundings here) {
    return ALL.values().stream().map(it -> it.apply(here)).toList();
  }

  /** The whole command with these verbs. */
  static CommandLine commandLine(Surroundings here, List<Action> verbs) {
    return new Root(here).with(verbs.toArray(Action[]::new)).commandLine();
  }

  private static Map<String, Function<Surroundings, Action>> all() {
    var verbs = new LinkedHashMap<String, Function<Surroundings, Action>>();
    verbs.put("up", Up::new);
    verbs.put("login", LoginCommand::new);
    verbs.put("logout", Logout::new);
    verbs.put("whoami", Whoami::new);
    verbs.put("create", Create::new);
    verbs.put("apps", Apps::new);
    verbs.put("info", Info::new);
    verbs.put("open", Open::new);
    verbs.put("destroy", Destroy::new);
    verbs.put("builds", here -> new Builds(here).with(new BuildsLog(here), new BuildsCancel(here)));
    verbs.put("releases", Releases::new);
    verbs.put("rollback", Rollback::new);
    verbs.put("retention", Retention::new);
    verbs.put(
        "config",
        here ->
            new Config(here).with(new ConfigGet(here), new ConfigSet(here), new ConfigUnset(here)));
    verbs.put("accounts", here -> new Accounts(here).with(new AccountsCreate(here)));
    verbs.put("namespaces", here -> new Namespaces(here).with(new NamespacesCreate(here)));
    verbs.put(
        "members", here -> new Members(here).with(new MembersAdd(here), new MembersRemove(here)));
    verbs.put("completion", Completion::new);
    verbs.put("version", Version::new);
    verbs.put("git-credential", CredentialHelper::new);
    return Collections.unmodifiableMap(verbs);
  }
}
