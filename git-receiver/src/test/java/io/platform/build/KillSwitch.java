package io.platform.build;

import io.platform.domain.port.AppCertificates;
import io.platform.domain.port.AppDomains;
import io.platform.domain.port.AppEvents;
import io.platform.domain.port.AppRuntime;
import io.platform.domain.port.Apps;
import io.platform.domain.port.BuildLogs;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.Builds;
import io.platform.domain.port.LogDrains;
import io.platform.domain.port.Maintenance;
import io.platform.domain.port.Releases;
import io.platform.domain.port.Stores;
import io.platform.git.repository.Repositories;
import io.platform.support.InterceptedPort;
import io.platform.support.PortMethod;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands for one process: it dies at the n-th of its calls that change something, before or after
 * the call took effect, and from then on no call of it reaches anything.
 */
final class KillSwitch {
  private static final Set<Method> CHANGES =
      Set.of(
          PortMethod.of(Builds::running),
          PortMethod.of(Builds::end),
          PortMethod.of(Builds::settle),
          PortMethod.of(BuildLogs::append),
          PortMethod.of(Releases::releaseCommandStarted),
          PortMethod.of(Releases::releaseCommandEnded),
          PortMethod.of(Releases::rolledOut),
          PortMethod.of(Repositories::move),
          PortMethod.of(Repositories::unpin),
          PortMethod.of(BuildRunner::launch),
          PortMethod.of(BuildRunner::cancel),
          PortMethod.of(AppRuntime::apply));

  private final int fatalCall;
  private final boolean after;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicBoolean killed = new AtomicBoolean();

  /** The end of a process: nobody handles it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  KillSwitch(int fatalCall, boolean after) {
    this.fatalCall = fatalCall;
    this.after = after;
  }

  boolean killed() {
    return killed.get();
  }

  Stores guard(Stores stores) {
    return new Stores(
        guard(Apps.class, stores.apps()),
        guard(Builds.class, stores.builds()),
        guard(Releases.class, stores.releases()),
        guard(BuildLogs.class, stores.log()),
        guard(AppEvents.class, stores.events()),
        guard(AppDomains.class, stores.domains()),
        guard(Maintenance.class, stores.maintenance()),
        guard(LogDrains.class, stores.drains()),
        guard(AppCertificates.class, stores.certificates()),
        stores.signals());
  }

  BuildRunner guard(BuildRunner runner) {
    return guard(BuildRunner.class, runner);
  }

  <T> T guard(Class<T> port, T target) {
    return InterceptedPort.of(port, target, this::call);
  }

  private @Nullable Object call(Method method, InterceptedPort.Call call) throws Throwable {
    if (killed()) {
      throw new Killed();
    }
    boolean fatal = CHANGES.contains(method) && calls.incrementAndGet() == fatalCall;
    if (fatal && !after) {
      killed.set(true);
      throw new Killed();
    }
    @Nullable Object result = call.proceed();
    if (fatal) {
      killed.set(true);
      throw new Killed();
    }
    return result;
  }
}
