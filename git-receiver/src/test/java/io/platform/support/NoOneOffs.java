package io.platform.support;

import io.platform.domain.App;
import io.platform.domain.ProcessName;
import io.platform.domain.port.AttachedProcess;
import io.platform.domain.port.ExecSpec;
import io.platform.domain.port.OneOffProcesses;
import io.platform.domain.port.OneOffSpec;
import java.util.List;

/** Starts nothing. */
final class NoOneOffs implements OneOffProcesses {
  @Override
  public AttachedProcess start(OneOffSpec spec) throws NotStarted {
    throw new NotStarted("Nothing is started here.");
  }

  @Override
  public void startDetached(OneOffSpec spec) throws NotStarted {
    throw new NotStarted("Nothing is started here.");
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
    throw new NotStarted("Nothing is started here.");
  }

  @Override
  public AttachedProcess connect(App app, ProcessName process, int port) throws NotStarted {
    throw new NotStarted("Nothing is started here.");
  }
}
