package io.platform.kubernetes.app;

import io.platform.domain.App;
import io.platform.domain.ProcessName;
import io.platform.domain.port.AttachedProcess;
import io.platform.domain.port.ExecSpec;
import io.platform.domain.port.OneOffProcesses;
import io.platform.domain.port.OneOffSpec;
import java.util.List;

/** One-off processes on a cluster. Not there yet: each request is refused. */
public final class PodOneOffs implements OneOffProcesses {
  private static final String NOT_YET =
      "This platform runs on Kubernetes, where commands cannot be run yet. Your administrator can use kubectl.";

  @Override
  public AttachedProcess start(OneOffSpec spec) throws NotStarted {
    throw new NotStarted(NOT_YET);
  }

  @Override
  public void startDetached(OneOffSpec spec) throws NotStarted {
    throw new NotStarted(NOT_YET);
  }

  @Override
  public List<RunningOneOff> list(App app) {
    return List.of();
  }

  @Override
  public boolean stop(App app, ProcessName name) {
    return false;
  }

  @Override
  public AttachedProcess exec(ExecSpec spec) throws NotStarted {
    throw new NotStarted(NOT_YET);
  }

  @Override
  public AttachedProcess connect(App app, ProcessName process, int port) throws NotStarted {
    throw new NotStarted(NOT_YET);
  }
}
