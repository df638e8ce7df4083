package io.platform.cli.command.app;

import io.platform.cli.client.AppName;
import io.platform.cli.client.AppResponse;
import io.platform.cli.client.ClientException;
import io.platform.cli.client.Login;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import io.platform.cli.command.OptionValue;
import io.platform.cli.command.ServerCommand;
import java.io.IOException;
import java.util.Optional;

/** {@code platform create}. */
public final class CreateCommand extends ServerCommand {
  private final OptionValue<String> name =
      argument("NAME", "Up to 30 small letters, digits and hyphens; begins with a letter.");

  private final OptionValue<String> namespace =
      option("NS", "The namespace (default: your own).", "-n", "--namespace");

  private final OptionValue<String> branch =
      option(
          "B",
          "The branch that is deployed (default: main or master, whichever is pushed first).",
          "--branch");

  private final OptionValue<String> remote =
      option("NAME", "The name of the git remote (default: platform).", "-r", "--remote");

  public CreateCommand(CommandContext context) {
    super(
        context,
        "create",
        "Make an app; in a git repository, add the remote that it is pushed to.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    var login = login();
    var app = wanted(namespace(login, namespace));
    var remote = remoteName();
    var git = git();
    boolean inRepository = git.isRepository();
    var there = inRepository ? git.remote(remote) : Optional.<String>empty();
    var expected = login.server() + "/" + app + ".git";
    if (there.isPresent() && !there.get().equals(expected)) {
      throw new CommandFailure(
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

  private AppName wanted(String namespace) {
    var parsed = AppName.parse(name.required(), namespace);
    return parsed.orElseThrow(() ->
        new CommandFailure(
            ExitCode.USAGE,
            "\"" + namespace + "/" + name.required() + "\" cannot be the name of an app.",
            "Names have up to 30 small letters, digits and hyphens, begin with a letter and do not end with a hyphen."));
  }

  private String remoteName() {
    return remote.or(AppCommand.USUAL_REMOTE);
  }

  private AppResponse make(Login login, AppName app) throws ClientException {
    try {
      return api(login).create(app.name(), Optional.of(app.namespace()), branch.get());
    } catch (ClientException.Refused refused) {
      if (refused.status() == 409) {
        throw new CommandFailure(
            ExitCode.CONFLICT,
            refused.getMessage(),
            "If it is yours, push to it from here: "
                + howToPush(login.server() + "/" + app + ".git"));
      }
      throw refused;
    }
  }

  private void tell(AppResponse made, boolean inRepository) {
    var console = console();
    console.heading("Created " + made.name());
    console.body("URL     " + made.url());
    console.body("Git     " + made.gitUrl());
    console.body(
        "Remote  "
            + (inRepository ? remoteName() : addRemote(made.gitUrl()) + "  (in its repository)"));
    console.body("Deploy  git push " + remoteName() + " " + branch.or("main"));
  }

  private String howToPush(String url) {
    boolean thereAlready = git().remote(remoteName()).isPresent();
    return thereAlready ? "git push " + remoteName() + " " + branch.or("main") : addRemote(url);
  }

  private String addRemote(String url) {
    return "git remote add " + remoteName() + " " + url;
  }
}
