package io.platform.cli.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/** All verbs in the order of the help. Each is made only when it is wanted, for a fast start. */
final class Verbs {
  private static final Map<String, Function<Surroundings, CommandLine>> ALL = all();

  private Verbs() {}

  /** The whole command if the first word is no verb; else only that verb under it. */
  static CommandLine forWords(Surroundings here, List<String> words) {
    var first = words.isEmpty() ? "" : words.getFirst();
    var root = new CommandLine(new Root(here));
    var verb = ALL.get(first);
    if (verb != null) {
      root.addSubcommand(first, verb.apply(here));
    } else {
      ALL.forEach((name, make) -> root.addSubcommand(name, make.apply(here)));
    }
    return root;
  }

  static CommandLine whole(Surroundings here) {
    return forWords(here, List.of());
  }

  private static Map<String, Function<Surroundings, CommandLine>> all() {
    var verbs = new LinkedHashMap<String, Function<Surroundings, CommandLine>>();
    verbs.put("up", here -> new CommandLine(new Up(here)));
    verbs.put("login", here -> new CommandLine(new LoginCommand(here)));
    verbs.put("logout", here -> new CommandLine(new Logout(here)));
    verbs.put("whoami", here -> new CommandLine(new Whoami(here)));
    verbs.put("create", here -> new CommandLine(new Create(here)));
    verbs.put("apps", here -> new CommandLine(new Apps(here)));
    verbs.put("info", here -> new CommandLine(new Info(here)));
    verbs.put("open", here -> new CommandLine(new Open(here)));
    verbs.put("destroy", here -> new CommandLine(new Destroy(here)));
    verbs.put(
        "builds", here -> group(new Builds(here), new BuildsLog(here), new BuildsCancel(here)));
    verbs.put("releases", here -> new CommandLine(new Releases(here)));
    verbs.put("rollback", here -> new CommandLine(new Rollback(here)));
    verbs.put(
        "config",
        here ->
            group(
                new Config(here), new ConfigGet(here), new ConfigSet(here), new ConfigUnset(here)));
    verbs.put("accounts", here -> group(new Accounts(here), new AccountsCreate(here)));
    verbs.put("namespaces", here -> group(new Namespaces(here), new NamespacesCreate(here)));
    verbs.put(
        "members", here -> group(new Members(here), new MembersAdd(here), new MembersRemove(here)));
    verbs.put("completion", here -> new CommandLine(new Completion(here)));
    verbs.put("version", here -> new CommandLine(new Version(here)));
    verbs.put("git-credential", here -> new CommandLine(new CredentialHelper(here)));
    return Collections.unmodifiableMap(verbs);
  }

  private static CommandLine group(Action outer, Action... inner) {
    var group = new CommandLine(outer);
    List.of(inner).forEach(group::addSubcommand);
    return group;
  }
}
