package io.platform.build;

import io.platform.domain.port.Apps;
import io.platform.domain.port.BuildLog;
import io.platform.domain.port.BuildRunner;
import io.platform.domain.port.Builds;
import io.platform.domain.port.Releases;
import io.platform.domain.port.Stores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands for one process: it dies at the n-th of its calls that change something, before or after
 * the call took effect, and from then on no call of it reaches anything.
 */
final class KillSwitch {
  private static final Set<String> CHANGES =
      Set.of(
          "running",
          "end",
          "settle",
          "append",
          "rolledOut",
          "move",
          "unpin",
          "launch",
          "cancel",
          "apply");

  private final int fatalCall;
  private final boolean after;
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch killed = new CountDownLatch(1);

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
    return killed.getCount() == 0;
  }

  boolean awaitKill(long millis) throws InterruptedException {
    return killed.await(millis, TimeUnit.MILLISECONDS);
  }

  Stores guard(Stores stores) {
    return new Stores(
        guard(Apps.class, stores.apps()),
        guard(Builds.class, stores.builds()),
        guard(Releases.class, stores.releases()),
        guard(BuildLog.class, stores.log()),
        stores.signals());
  }

  BuildRunner guard(BuildRunner runner) {
    return guard(BuildRunner.class, runner);
  }

  <T> T guard(Class<T> port, T target) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> call(target, method, arguments)));
  }

  private Object call(Object target, Method method, Object[] arguments) throws Throwable {
    if (killed()) {
      throw new Killed();
    }
    boolean fatal = CHANGES.contains(method.getName()) && calls.incrementAndGet() == fatalCall;
    if (fatal && !after) {
      killed.countDown();
      throw new Killed();
    }
    Object result = invoke(target, method, arguments);
    if (fatal) {
      killed.countDown();
      throw new Killed();
    }
    return result;
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
