package io.platform.git.http.receive;

import io.platform.commons.shutdown.LongRequests;
import io.platform.git.concurrency.GitThreads;
import io.platform.git.concurrency.ThrottledInput;
import io.platform.git.concurrency.UserShare;
import io.platform.git.http.protocol.KeepAliveOutput;
import io.platform.git.pack.PackReceiver;
import io.platform.git.pack.ReceiveWatch;
import io.platform.git.push.PushClient;
import io.platform.git.push.PushDeadline;
import io.platform.git.push.PushLimits;
import io.platform.git.push.PushLog;
import io.platform.git.push.PushMessages;
import io.platform.git.push.PusherLines;
import io.platform.git.push.refusal.PushRefusal.ServerRefusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UnpackErrorHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JGit's receive-pack with limits: packs are received by a {@link PackReceiver}, when it is their
 * turn.
 */
final class BoundedReceivePack extends ReceivePack implements PushClient {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedReceivePack.class);

  private final PackReceiver packs;
  private final KeepAliveOutput out;
  private final Turn turn;
  private final TreeNameChecker names = new TreeNameChecker();
  private final PushLog log = new PushMessages(new PusherLines(this));
  private InputStream body = InputStream.nullInputStream();

  /** The turn of a push among those of all users. */
  record Turn(
      String user,
      ThrottledInput input,
      UserShare share,
      GitThreads threads,
      PushDeadline deadline,
      LongRequests requests) {}

  BoundedReceivePack(
      Repository quarantine, PushLimits limits, PackReceiver packs, KeepAliveOutput out, Turn turn)
      throws IOException {
    super(quarantine);
    this.packs = packs;
    this.out = out;
    this.turn = turn;
    PushAdvertisement.configure(this);
    names.setAllowLeadingZeroFileMode(true);
    setMaxCommandBytes(PushRequestReader.mostBytes(limits.refs()));
    setUnpackErrorHandler(failure(limits));
  }

  /** Receives a whole request. */
  void receive(InputStream request) throws IOException {
    body = request;
    receive(request, out, null);
  }

  /** Instead of JGit's parser, which allocates by what a pack claims. */
  @Override
  protected void receivePackAndCheckConnectivity()
      throws IOException, SubmoduleValidationException {
    KeepAliveOutput.KeepAlive alive = keepAlive();
    try {
      turn.share().run(turn.user(), () -> turn.threads().run(this::receiveInTurn));
    } finally {
      alive.close();
    }
  }

  private void receiveInTurn() throws IOException, SubmoduleValidationException {
    try {
      turn.input().enter(log::waiting);
      packs.receive(
          new PackReceiver.Delivery(body, getRepository(), pushed(), names, new UnpackingWatch()));
      names.refuse(getRepository(), pushed());
    } finally {
      turn.input().leave();
    }
  }

  private List<ObjectId> pushed() {
    return getAllCommands().stream()
        .map(ReceiveCommand::getNewId)
        .filter(id -> !id.equals(ObjectId.zeroId()))
        .toList();
  }

  /** Ends the unpacking at the push's deadline, and when the server stops. */
  private final class UnpackingWatch implements ReceiveWatch {
    @Override
    public void check() throws IOException {
      turn.deadline().check();
      turn.requests().check();
    }

    @Override
    public void waiting() {
      log.waitingForMemory();
    }
  }

  /**
   * Keeps the connection alive while something takes its time; old clients get no packets that they
   * do not know.
   */
  KeepAliveOutput.KeepAlive keepAlive() {
    return out.keepAlive(isSideBand(), turn.input()::isWaiting);
  }

  private UnpackErrorHandler failure(PushLimits limits) {
    UnpackErrorHandler report = getUnpackErrorHandler();
    return failure -> {
      LOG.info("a push was not unpacked: {}", failure.toString());
      log.refused(
          turn.requests().stopping()
              ? new ServerRefusal.Stopping()
              : UnpackFailure.of(failure, !getClientShallowCommits().isEmpty(), limits));
      report.handleUnpackException(new IOException("nothing was kept"));
    };
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
