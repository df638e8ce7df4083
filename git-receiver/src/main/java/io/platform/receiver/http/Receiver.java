package io.platform.receiver.http;

import io.platform.receiver.push.GitThreads;
import io.platform.receiver.push.PushLimits;
import io.platform.receiver.push.PushLog;
import io.platform.receiver.push.PushWording;
import io.platform.receiver.push.Pusher;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UnpackErrorHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JGit's receiver, bounded: it checks every object, keeps to the limits, and unpacks when it is its
 * turn.
 */
final class Receiver extends ReceivePack implements Pusher {
  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

  private final PusherOutput out;
  private final GatedInput turn;
  private final TreeNameChecker names = new TreeNameChecker();
  private final GitThreads threads;
  private final PushLog log = new PushWording(this::tell);

  Receiver(
      Repository quarantine,
      PushLimits limits,
      GatedInput turn,
      PusherOutput out,
      GitThreads threads)
      throws IOException {
    super(quarantine);
    this.out = out;
    this.threads = threads;
    this.turn = turn;
    Advertisement.configure(this);
    names.setAllowLeadingZeroFileMode(true);
    setObjectChecker(names);
    setCheckReceivedObjects(true);
    setMaxPackSizeLimit(limits.packBytes());
    setMaxObjectSizeLimit(limits.objectBytes());
    setMaxCommandBytes(PushRequestReader.mostBytes(limits.refs()));
    setUnpackErrorHandler(failure(limits));
  }

  @Override
  protected void receivePackAndCheckConnectivity()
      throws IOException, LargeObjectException, SubmoduleValidationException {
    PusherOutput.KeepAlive alive = keepAlive();
    try {
      threads.run(this::receiveInTurn);
    } finally {
      alive.close();
    }
  }

  private void receiveInTurn() throws IOException, SubmoduleValidationException {
    try {
      turn.enter(log::waiting);
      super.receivePackAndCheckConnectivity();
      names.refuse(getRepository(), pushed());
    } finally {
      turn.leave();
    }
  }

  private List<ObjectId> pushed() {
    return getAllCommands().stream()
        .map(ReceiveCommand::getNewId)
        .filter(id -> !id.equals(ObjectId.zeroId()))
        .toList();
  }

  /**
   * Keeps the connection alive while something takes its time; old clients get no packets that they
   * do not know.
   */
  PusherOutput.KeepAlive keepAlive() {
    return out.keepAlive(isSideBand(), turn::isWaiting);
  }

  private UnpackErrorHandler failure(PushLimits limits) {
    UnpackErrorHandler report = getUnpackErrorHandler();
    return failure -> {
      LOG.info("a push was not unpacked: {}", failure.toString());
      UnpackFailure.of(failure, !getClientShallowCommits().isEmpty()).tell(limits, log);
      report.handleUnpackException(new IOException("nothing was kept"));
    };
  }

  private void tell(String key, List<String> text) {
    try {
      send((String.join("\n", text) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.debug("the pusher has left", e);
    }
  }

  @Override
  public void send(byte[] text) throws IOException {
    OutputStream messages = getMessageOutputStream();
    messages.write(text);
    messages.flush();
    out.check();
  }

  @Override
  public void check() throws IOException {
    out.check();
  }

  /** What the client says beside its refs. */
  List<String> options() {
    List<String> given = getPushOptions();
    return given == null ? List.of() : List.copyOf(given);
  }
}
