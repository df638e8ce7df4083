package io.platform.git.push;

import io.platform.commons.disk.DiskFault;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.PushOption;
import io.platform.git.push.RefRules.Verdict;
import io.platform.git.push.refusal.PushRefusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pre-receive hook: refuses invalid ref updates, applies those that are only stored, and passes
 * the one that is deployed to the pipeline.
 */
public final class PushHook {
  private static final String DECLINED = "pre-receive hook declined";
  private static final int OPTIONS_SHOWN = 5;
  private static final Logger LOG = LoggerFactory.getLogger(PushHook.class);

  private final PushPipeline pipeline;

  /** Builds by this pipeline. */
  public PushHook(PushPipeline pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * Gives each command its result. Never throws: git would tell the user that everything is up to
   * date.
   */
  public void run(Push push) {
    PushLog log = new PushMessages(new PusherLines(push.pusher()));
    try {
      decide(push, log);
    } catch (Exception | Error e) {
      explain(push, e, log);
      push.commands().stream().filter(PushHook::isOpen).forEach(PushHook::decline);
    }
  }

  /** A disk that takes no writes is the operator's to fix, and a stack trace says nothing of it. */
  private static void explain(Push push, Throwable cause, PushLog log) {
    if (DiskFault.FULL.caused(cause)) {
      LOG.error("a push to {} failed: the disk is full: {}", push.app().path(), cause.toString());
      refuse(log, new BuildFailureCause.DiskFull());
    } else if (DiskFault.NOT_WRITABLE.caused(cause)) {
      LOG.error(
          "a push to {} failed: the disk fails or is read-only: {}",
          push.app().path(),
          cause.toString());
      refuse(log, new BuildFailureCause.DiskNotWritable());
    } else {
      String reference = UUID.randomUUID().toString();
      LOG.error("a push to {} failed; reference {}", push.app().path(), reference, cause);
      refuse(log, new BuildFailureCause.PlatformFailed(reference));
    }
  }

  private static void refuse(PushLog log, BuildFailureCause.NotAccepted cause) {
    log.refused(new PushRefusal.NotAccepted(cause));
  }

  private void decide(Push push, PushLog log) throws IOException {
    push.options().stream()
        .filter(option -> PushOption.of(option).isEmpty())
        .distinct()
        .limit(OPTIONS_SHOWN)
        .forEach(log::optionUnknown);
    RefRules rules = new RefRules(push.app(), push.quarantine().repository(), push.commands());
    List<ReceiveCommand> kept = new ArrayList<>();
    List<DeployCommand> deployments = new ArrayList<>();
    for (ReceiveCommand command : push.commands()) {
      switch (rules.decide(command)) {
        case Verdict.Refuse refuse -> {
          log.refused(refuse.why());
          decline(command);
        }
        case Verdict.Keep keep -> kept.add(command);
        case Verdict.Deploy deploy ->
            deployments.add(new DeployCommand(push, command, deploy.commit(), deploy.drops(), log));
      }
    }
    update(push, kept, rules, log);
    deployments.forEach(this::deploy);
  }

  /** The supervisor moves the ref of what is deployed. */
  private void deploy(DeployCommand deploy) {
    if (pipeline.receive(deploy)) {
      deploy.command().setResult(Result.OK);
    } else {
      decline(deploy.command());
    }
  }

  /** What is not built moves before the build: it has nothing to wait for. */
  private static void update(Push push, List<ReceiveCommand> commands, RefRules rules, PushLog log)
      throws IOException {
    if (commands.stream().anyMatch(command -> command.getType() != ReceiveCommand.Type.DELETE)) {
      push.quarantine().promote();
    }
    boolean landed = false;
    for (ReceiveCommand command : commands) {
      push.refUpdater().accept(command);
      if (command.getResult() == Result.OK) {
        push.quarantine().updated(command.getRefName());
        rules.kept(command, log);
        landed = true;
      }
    }
    if (!landed) {
      push.quarantine().discard();
    }
  }

  private static boolean isOpen(ReceiveCommand command) {
    return command.getResult() == Result.NOT_ATTEMPTED;
  }

  private static void decline(ReceiveCommand command) {
    command.setResult(Result.REJECTED_OTHER_REASON, DECLINED);
  }
}
