package io.platform.cli.command.app;

import io.platform.cli.client.ClientException;
import io.platform.cli.command.AppCommand;
import io.platform.cli.command.CommandContext;
import io.platform.cli.command.CommandFailure;
import io.platform.cli.command.ExitCode;
import java.io.IOException;

/** {@code platform git:remote}, also {@code platform git remote}. */
public final class GitRemoteCommand extends AppCommand {

  public GitRemoteCommand(CommandContext context) {
    super(
        context,
        "git:remote",
        "Add the git remote of an app (-a APP) to the repository in which you stand.");
  }

  @Override
  public Integer call() throws IOException, ClientException {
    if (!git().isRepository()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "There is no git repository here.",
          "Go to the app's repository, or make one: git init -b main");
    }
    var target = target();
    var app = target.api().app(target.app());
    var there = git().remote(remoteName());
    if (there.isPresent() && !there.get().equals(app.gitUrl())) {
      throw new CommandFailure(
          ExitCode.CONFLICT,
          "Nothing was changed: this repository has a remote \""
              + remoteName()
              + "\" already, with another URL.",
          "Choose another name with --remote NAME, or change it: git remote set-url "
              + remoteName()
              + " "
              + app.gitUrl());
    }
    if (there.isEmpty()) {
      git().addRemote(remoteName(), app.gitUrl());
    }
    console().heading((there.isEmpty() ? "Added" : "There is") + " the git remote " + remoteName());
    console().body("Git     " + app.gitUrl());
    console().body("Deploy  git push " + remoteName() + " " + app.branch().orElse("main"));
    return ExitCode.OK;
  }
}
