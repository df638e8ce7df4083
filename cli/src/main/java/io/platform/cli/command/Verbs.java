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
    var root = new Root(here).commandLine();
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
    verbs.put("up", here -> new Up(here).commandLine());
    verbs.put("login", here -> new LoginCommand(here).commandLine());
    verbs.put("logout", here -> new Logout(here).commandLine());
    verbs.put("whoami", here -> new Whoami(here).commandLine());
    verbs.put("create", here -> new Create(here).commandLine());
    verbs.put("apps", here -> new Apps(here).commandLine());
    verbs.put("info", here -> new Info(here).commandLine());
    verbs.put("open", here -> new Open(here).commandLine());
    verbs.put("destroy", here -> new Destroy(here).commandLine());
    verbs.put(
        "builds",
        here -> new Builds(here).commandLine(new BuildsLog(here), new BuildsCancel(here)));
    verbs.put("releases", here -> new Releases(here).commandLine());
    verbs.put("rollback", here -> new Rollback(here).commandLine());
    verbs.put(
        "config",
        here ->
            new Config(here)
                .commandLine(new ConfigGet(here), new ConfigSet(here), new ConfigUnset(here)));
    verbs.put("accounts", here -> new Accounts(here).commandLine(new AccountsCreate(here)));
    verbs.put("namespaces", here -> new Namespaces(here).commandLine(new NamespacesCreate(here)));
    verbs.put(
        "members",
        here -> new Members(here).commandLine(new MembersAdd(here), new MembersRemove(here)));
    verbs.put("completion", here -> new Completion(here).commandLine());
    verbs.put("version", here -> new Version(here).commandLine());
    verbs.put("git-credential", here -> new CredentialHelper(here).commandLine());
    return Collections.unmodifiableMap(verbs);
  }
}
