package io.platform.support;

import io.platform.domain.App;
import io.platform.domain.ProcessName;
import io.platform.domain.port.AttachedProcess;
import io.platform.domain.port.ExecSpec;
import io.platform.domain.port.OneOffProcesses;
import io.platform.domain.port.OneOffSpec;
import java.util.List;
import java.util.function.Supplier;

/** Starts what a test has chosen by then. */
record AnyOneOffs(Supplier<OneOffProcesses> chosen) implements OneOffProcesses {
  @Override
  public AttachedProcess start(OneOffSpec spec) throws NotStarted {
    return chosen.get().start(spec);
  }

  @Override
  public void startDetached(OneOffSpec spec) throws NotStarted {
    chosen.get().startDetached(spec);
  }

  @Override
  public List<RunningOneOff> list(App app) {
    return chosen.get().list(app);
  }

  @Override
  public boolean stop(App app, ProcessName name) {
    return chosen.get().stop(app, name);
  }

  @Override
  public AttachedProcess exec(ExecSpec spec) throws NotStarted {
    return chosen.get().exec(spec);
  }

  @Override
  public AttachedProcess connect(App app, ProcessName process, int port) throws NotStarted {
    return chosen.get().connect(app, process, port);
  }
}
