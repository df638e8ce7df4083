package io.platform.kubernetes.oneoff;

import dev.failsafe.RetryPolicy;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.platform.commons.retry.Retry;
import io.platform.commons.retry.RetryPolicies;
import io.platform.domain.port.ProcessSignal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of a command in a container. Container runtimes give each command a session of its
 * own, whose id is that of the first process.
 */
final class ContainerSession {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerSession.class);

  private static final int NO_SUCH_POD = 404;

  /** As a terminal's driver does it: to the process group. */
  private static final String SIGNAL = "kill -s \"$2\" -- \"-$1\"";

  /**
   * SIGHUP and SIGTERM to all processes of the session, whatever groups they are in, and SIGKILL
   * ten seconds later. The fourth field after the program's name in /proc/PID/stat is the session.
   */
  private static final String END =
      """
      each() {
        n=1
        for p in /proc/[0-9]*; do
          IFS= read -r line <"$p/stat" || continue
          fields=(${line##*)})
          [ "${fields[3]}" = "$session" ] && kill -s "$1" "${p#/proc/}" && n=0
        done
        return $n
      } 2>/dev/null
      session=$1
      each HUP; each TERM
      for i in $(seq 50); do each 0 || exit 0; sleep 0.2; done
      each KILL
      """;

  private static final Duration UNTIL_REACHED = Duration.ofMinutes(10);

  private final KubernetesClient client;
  private final Pod pod;
  private final String id;

  /** As in a process: a signal that waits already is not added. */
  private final Set<ProcessSignal> waiting = EnumSet.noneOf(ProcessSignal.class);

  private boolean sending;

  /**
   * Of a command that runs.
   *
   * @param id of the session, and of the first process
   */
  ContainerSession(KubernetesClient client, Pod pod, String id) {
    this.client = client;
    this.pod = pod;
    this.id = id;
  }

  /**
   * Sends a signal. Returns at once. Each is a command of its own in the container, so that they
   * are sent one after the other, however fast a user sends them.
   */
  synchronized void send(ProcessSignal signal) {
    waiting.add(signal);
    if (!sending) {
      sending = true;
      start(this::sendWaiting);
    }
  }

  /**
   * Ends it as a terminal that is closed does it, and for good later. Returns at once. Nobody else
   * ends it: where the container cannot be reached, it is tried again for a while.
   */
  void end() {
    start(() -> {
      try {
        Retry.call(
            untilReached(),
            () -> {
              run(END);
              return true;
            });
      } catch (IOException e) {
        LOG.warn(
            "a command in the pod {} may still run, although its user has gone: {}",
            pod.getMetadata().getName(),
            e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private RetryPolicy<Boolean> untilReached() {
    return RetryPolicies.<Boolean>ownFailure(Duration.ofSeconds(1))
        .withMaxDuration(UNTIL_REACHED)
        .handle(IOException.class)
        .abortIf((done, failure) -> client.getHttpClient().isClosed())
        .build();
  }

  private void sendWaiting() {
    for (Optional<ProcessSignal> signal = next(); signal.isPresent(); signal = next()) {
      try {
        run(SIGNAL, signal.get().name());
      } catch (IOException e) {
        LOG.warn(
            "a command in the pod {} could not be signalled: {}",
            pod.getMetadata().getName(),
            e.getMessage());
      }
    }
  }

  private synchronized Optional<ProcessSignal> next() {
    Optional<ProcessSignal> next = waiting.stream().findFirst();
    next.ifPresent(waiting::remove);
    sending = next.isPresent();
    return next;
  }

  private static void start(Runnable work) {
    Thread.ofVirtual().name("signal to a command in a pod").start(work);
  }

  private void run(String script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash", id));
    command.addAll(List.of(arguments));
    new DiscardedOutput().run(command);
  }

  /** A command whose output nobody reads. */
  private final class DiscardedOutput implements PodSocket.Receiver {
    private final CompletableFuture<ExecStatus.End> ended = new CompletableFuture<>();

    /**
     * Returns when it has ended, with whatever exit code: what it was to end may have ended. Where
     * the pod is no more, neither is that.
     */
    void run(List<String> command) throws IOException {
      try (PodSocket _ =
          PodSocket.open(client, PodPath.exec(pod, command, false), PodCommand.PROTOCOL, this)) {
        if (ended.join() instanceof ExecStatus.End.Failed(String why)) {
          throw new IOException(why);
        }
      } catch (PodSocket.Refused e) {
        if (e.status() != NO_SUCH_POD) {
          throw new IOException(e.getMessage(), e);
        }
      }
    }

    @Override
    public void message(int channel, ByteBuffer data) {
      if (channel == PodCommand.STATUS) {
        ended.complete(ExecStatus.of(data));
      }
    }

    @Override
    public void over() {
      ended.complete(new ExecStatus.End.Failed("the connection broke off"));
    }
  }
}
