package io.platform.cli.command;

import io.platform.cli.client.App;
import io.platform.cli.client.AppName;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.Login;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code platform create}. */
@Command(
    name = "create",
    description = "Make an app; in a git repository, add the remote that it is pushed to.")
final class Create extends ServerAction {
  @Parameters(
      paramLabel = "NAME",
      description = "Up to 30 small letters, digits and hyphens; begins with a letter.")
  String name = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "The namespace (default: your own).")
  @Nullable String namespace;

  @Option(
      names = "--branch",
      paramLabel = "B",
      description =
          "The branch that is deployed (default: main or master, whichever is pushed first).")
  @Nullable String branch;

  @Option(
      names = {"-r", "--remote"},
      paramLabel = "NAME",
      description = "The name of the git remote (default: platform).")
  String remote = AppAction.USUAL_REMOTE;

  Create(Surroundings here) {
    super(here);
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var app = wanted(login.namespace());
    var git = git();
    boolean inRepository = git.isRepository();
    var there = inRepository ? git.remote(remote) : Optional.<String>empty();
    var expected = login.server() + "/" + app + ".git";
    if (there.isPresent() && !there.get().equals(expected)) {
      throw new Failure(
          ExitCode.CONFLICT,
          "No app was made: this repository has a remote \""
              + remote
              + "\" already, another app's.",
          "Choose another name with --remote NAME, or remove it: git remote remove " + remote);
    }
    var made = make(login, app);
    if (inRepository && there.isEmpty()) {
      git.addRemote(remote, made.gitUrl());
    }
    tell(made, inRepository);
    return ExitCode.OK;
  }

  private AppName wanted(String own) {
    var parsed = AppName.parse(name, namespace == null ? own : namespace);
    return parsed.orElseThrow(() ->
        new Failure(
            ExitCode.USAGE,
            "An app cannot be called \""
                + name
                + "\""
                + (namespace == null ? "" : " in \"" + namespace + "\"")
                + ".",
            "Names have up to 30 small letters, digits and hyphens, begin with a letter and do not end with a hyphen."));
  }

  private App make(Login login, AppName app) throws ClientException {
    try {
      return api(login)
          .create(app.name(), Optional.of(app.namespace()), Optional.ofNullable(branch));
    } catch (ClientException.Refused refused) {
      if (refused.status() == 409) {
        throw new Failure(
            ExitCode.CONFLICT,
            refused.getMessage(),
            "To push to it from here: git remote add "
                + remote
                + " "
                + login.server()
                + "/"
                + app
                + ".git");
      }
      throw refused;
    }
  }

  private void tell(App made, boolean inRepository) {
    var screen = screen();
    screen.heading("Created " + made.name());
    screen.body("URL     " + made.url());
    screen.body("Git     " + made.gitUrl() + (inRepository ? " (remote " + remote + ")" : ""));
    var branchName = branch == null ? "main" : branch;
    screen.body(
        inRepository
            ? "Deploy  git push " + remote + " " + branchName
            : "Deploy  in the app's repository: git remote add "
                + remote
                + " "
                + made.gitUrl()
                + " && git push "
                + remote
                + " "
                + branchName);
  }
}
