package io.platform.domain.port;

import io.platform.domain.App;
import io.platform.domain.AppPath;
import io.platform.domain.ProcessName;
import io.platform.domain.ProcessState;
import java.util.List;

/** Runs commands of users: beside the processes of an app, and inside them. */
public interface OneOffProcesses {
  /** Stands for the port that a process has in its variable PORT. */
  int OWN_PORT = 0;

  /**
   * Starts a one-off process for a user who is connected; it ends when it is closed.
   *
   * @throws NotStarted where it cannot be started
   */
  AttachedProcess start(OneOffSpec spec) throws NotStarted;

  /**
   * Starts one that nobody is connected to. Its output goes to the app's log.
   *
   * @throws NotStarted where it cannot be started
   */
  void startDetached(OneOffSpec spec) throws NotStarted;

  /** Those of an app that run now, by name. */
  List<RunningOneOff> list(App app);

  /** Stops one: SIGTERM, and SIGKILL later. Returns at once; false where there is none. */
  boolean stop(App app, ProcessName name);

  /**
   * Starts a command inside a process.
   *
   * @throws NoSuchProcess where none of that name runs
   * @throws NotStarted where it cannot be started
   */
  AttachedProcess exec(ExecSpec spec) throws NotStarted;

  /**
   * Connects to a port on which a process listens: input and output are the two directions. {@link
   * #OWN_PORT} is the one that it has in PORT.
   *
   * @throws NoSuchProcess where none of that name runs
   * @throws NotStarted where it does not listen there
   */
  AttachedProcess connect(App app, ProcessName process, int port) throws NotStarted;

  /** One that runs. */
  record RunningOneOff(ProcessState state, String command) {}

  /** It could not be started; the message says why, for the user. */
  sealed class NotStarted extends Exception permits NoSuchProcess {
    private static final long serialVersionUID = 1L;

    /** With a sentence for the user. */
    public NotStarted(String sentence) {
      super(sentence, null, false, false);
    }
  }

  /** No process of that name runs. */
  final class NoSuchProcess extends NotStarted {
    private static final long serialVersionUID = 1L;

    /** Of this app. */
    public NoSuchProcess(AppPath app, ProcessName process) {
      super(
          "%s has no process %s that runs: `platform ps` lists its processes."
              .formatted(app, process));
    }
  }
}
