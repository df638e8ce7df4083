package io.platform.receiver;

import io.platform.storage.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** An object store in which the first object is begun only when a test says so. */
final class HeldStore {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  ObjectStore around(ObjectStore store) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("create")) {
                reached.countDown();
                released.await();
              }
              return call(() -> method.invoke(store, arguments));
            });
  }

  private interface Call {
    @Nullable Object made() throws ReflectiveOperationException;
  }

  private static @Nullable Object call(Call call) throws Throwable {
    try {
      return call.made();
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Waits until an object is about to be begun. */
  void awaitReached() throws InterruptedException {
    reached.await();
  }

  void release() {
    released.countDown();
  }
}
